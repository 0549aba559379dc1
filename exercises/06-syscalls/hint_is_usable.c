/* SPDX-License-Identifier: MIT */
/* in memory/area_map.c */
/*
 * hint_is_usable - may `bytes` bytes (whole pages) be mapped at `hint`, which mmap(2) got without
 * MAP_FIXED?
 *
 * A hint of 0 is none.  The range must lie below USER_END, and nothing may be mapped in it.  An
 * area that grows down (AREA_GROWS_DOWN: a stack) wants STACK_GUARD_GAP bytes below it left free.
 * If the answer is no, the caller looks for another place; it never unmaps anything.
 *
 * Hint 1: area_find() gives the area that holds an address, or else the next above it, or NULL.
 * Hint 2: hint + bytes may wrap around; what you subtract from USER_END may not.
 */
static bool hint_is_usable(struct address_space *space, user_address hint, uint64_t bytes)
{
	exercise("hint_is_usable");
}
