/* SPDX-License-Identifier: MIT */
/* in memory/brk.c */
/*
 * brk_move - move the program break to `to`: 0, or -ENOMEM and the break is where it was.
 *
 * [space->brk_start, space->brk_end) is the heap.  The break may be any byte; what is mapped ends
 * at the next page's border.  Refused are a break below brk_start, one beyond USER_END, one that
 * exceeds_limit(), and what heap_grow() or area_unmap_locked() refuse.
 *
 * Hint 1: of how many pages does the heap consist before and after?  Only whole pages come or go.
 * Hint 2: when may brk_end change?  sys_brk() answers with it, whatever you return.
 */
static int brk_move(struct address_space *space, user_address to)
{
	exercise("brk_move");
}
