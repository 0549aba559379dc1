/* SPDX-License-Identifier: MIT */
/* in memory/frame_buddy.c */
/*
 * buddy_give - a run of 1 << order frames is free again; melt it with its buddy as far as possible.
 *
 * No two buddies may both be free: then they are one run of the next order.  A run is free when its
 * first descriptor's state is FRAME_FREE, and it has the order that this descriptor says.
 *
 * Hint 1: a run's number and its buddy's differ in one bit.  Which?
 * Hint 2: a buddy that is free but of another order is only a piece of yours: stop there.
 * Hint 3: the merged run begins at the lower of the two; a run of FRAME_ORDER_MAX has no buddy.
 * Parsons: put in order - run_list(...) / run_unlist(other) / number &= ~(1UL << order) / for (; order <
 *	FRAME_ORDER_MAX; order++) / other = &frame_table[number ^ (1UL << order)] / if (...) break
 */
void buddy_give(struct frame *frame, unsigned order)
{
	exercise("buddy_give");
}
