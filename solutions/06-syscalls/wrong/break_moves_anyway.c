/* SPDX-License-Identifier: MIT */
/*
 * The break moves before it is known whether the memory can be had.
 *
 * symptom: malloc gets a terabyte, and the program dies when it uses it
 * fails: break
 * see: brk, which never fails
 */
/* in memory/brk.c */
static int brk_move(struct address_space *space, user_address to)
{
	user_address before = round_up(space->brk_end, PAGE_SIZE), after = round_up(to, PAGE_SIZE);

	if (to < space->brk_start || to > USER_END)
		return -ENOMEM;
	space->brk_end = to;
	if (after > before)
		return heap_grow(space, before, after);
	if (after < before)
		return area_unmap_locked(space, after, before);
	return 0;
}
