/* SPDX-License-Identifier: MIT */
/* in memory/frame_buddy.c */
/*
 * buddy_take - a free run of 1 << order frames, or NULL.
 *
 * From the smallest run that is large enough; what is too much goes back half by half (run_cut()).
 * The cost must not depend on how much memory there is: buddy.orders has a bit for each order whose
 * list is not empty.  When no list has any, block_touch_next() may bring a whole block of 4 MiB.
 *
 * Hint 1: which bits of buddy.orders are of orders >= order?  __builtin_ctz() finds the lowest.
 * Hint 2: run_unlist() takes the run off its list and clears the bit when that was the last.
 */
struct frame *buddy_take(unsigned order)
{
	exercise("buddy_take");
}
