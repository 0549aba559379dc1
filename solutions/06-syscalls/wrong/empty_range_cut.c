/* SPDX-License-Identifier: MIT */
/*
 * An empty range is cut like any other: at both of its ends, which are one.
 *
 * symptom: mremap(2) of a map to the length that it has ends in a panic
 * fails: remap
 * see: Cutting areas
 */
/* in memory/area_map.c */
int area_unmap_locked(struct address_space *space, user_address start, user_address end)
{
	struct area *area, *next;
	int error = area_cut(space, start, end);

	if (error)
		return error;
	pages_unmap_and_prune(space, start, end);
	for (area = area_find(space, start); area && area->start < end; area = next) {
		next = area_next(area);
		area_leave(area);
	}
	return 0;
}
