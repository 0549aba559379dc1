/* SPDX-License-Identifier: MIT */
/* in memory/area.c */
/*
 * area_cut - see to it that no area reaches across `start`, nor across `end`; start < end.
 *
 * This is what lets munmap(2) and mprotect(2) work on whole areas only.  An area that has `at`
 * inside (area_across()) is split there: area_split() makes the upper part, in a descriptor that
 * you allocate with area_alloc() and that area_split() enters into the tree.
 *
 * All or nothing: -ENOMEM if a descriptor cannot be had, or if the space would have more than
 * AREA_COUNT_MAX areas; then nothing has changed, and nothing leaks (area_free() allows NULL).
 *
 * Hint 1: check, reserve, commit: first ask where cuts are needed, then allocate, then split.
 * Hint 2: both borders may lie inside the same area.  Which one is across `end` after the
 *	first split?
 */
int area_cut(struct address_space *space, user_address start, user_address end)
{
	exercise("area_cut");
}
