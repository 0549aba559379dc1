/* SPDX-License-Identifier: MIT */
/*
 * A hint is treated as MAP_FIXED: whatever is there gives way.
 *
 * symptom: a program's heap turns to zeros when a library asks for memory near it
 * fails: map_where
 * see: Where a mapping goes
 */
/* in memory/area_map.c */
static bool hint_is_usable(struct address_space *space, user_address hint, uint64_t bytes)
{
	return hint && hint <= USER_END - bytes;
}
