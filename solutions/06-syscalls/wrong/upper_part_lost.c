/* SPDX-License-Identifier: MIT */
/*
 * munmap cuts at the start only: what the last area has beyond the end goes with the rest.
 *
 * symptom: free() of a block in the middle of a large map takes the blocks after it along
 * fails: copy_edge unmap
 * see: Cutting areas
 */
/* in memory/area_map.c */
int area_unmap_locked(struct address_space *space, user_address start, user_address end)
{
	struct area *area, *next;
	int error;

	if (start == end || area_range_is_free(space, start, end))
		return 0;
	error = area_cut(space, start, USER_END);
	if (error)
		return error;
	for (area = area_find(space, start); area && area->start < end; area = next) {
		next = area_next(area);
		pages_unmap_and_prune(space, area->start, area->end);
		area_leave(area);
	}
	return 0;
}
