/* SPDX-License-Identifier: MIT */
/*
 * munmap removes the areas and forgets the pages.
 *
 * symptom: freed memory can still be used, until it is somebody else's
 * fails: write_arguments unmap_fault
 * see: Pages, the TLB, and only then the frames
 */
/* in memory/area_map.c */
int area_unmap_locked(struct address_space *space, user_address start, user_address end)
{
	struct area *area, *next;
	int error;

	if (start == end || area_range_is_free(space, start, end))
		return 0;
	error = area_cut(space, start, end);
	if (error)
		return error;
	for (area = area_find(space, start); area && area->start < end; area = next) {
		next = area_next(area);
		area_leave(area);
	}
	return 0;
}
