/* SPDX-License-Identifier: MIT */
/*
 * The area to cut at the end is looked up before the first cut has moved its upper part.
 *
 * symptom: munmap in the middle of a map ends the machine
 * fails: copy_edge map_where unmap
 * see: Cutting areas
 */
/* in memory/area.c */
int area_cut(struct address_space *space, user_address start, user_address end)
{
	struct area *low = area_across(space, start), *high = area_across(space, end);
	struct area *at_start = low ? area_alloc() : NULL;
	struct area *at_end = high ? area_alloc() : NULL;

	if (space->area_count + !!low + !!high > AREA_COUNT_MAX || (low && !at_start) ||
	    (high && !at_end)) {
		area_free(at_start);
		area_free(at_end);
		return -ENOMEM;
	}
	if (low)
		area_split(low, start, at_start);
	if (high)
		area_split(high, end, at_end);
	return 0;
}
