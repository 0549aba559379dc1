/* SPDX-License-Identifier: MIT */
/*
 * The new range melts with the first run that it overlaps, and no other.
 *
 * symptom: runs overlap, and their frames are given to two owners
 * fails: map_random
 * see: Adding a range
 */
/* in memory/memory_map.c */
static void map_add(struct memory_map *map, physical_address start, physical_address end)
{
	unsigned first = 0;

	if (start >= end)
		return;
	while (first < map->count && map->runs[first].end < start)
		first++;
	if (first < map->count && map->runs[first].start <= end) {
		start = min(start, map->runs[first].start);
		end = max(end, map->runs[first].end);
		run_delete(map, first, 1);
	}
	run_insert(map, first, (struct memory_run){ start, end });
}
