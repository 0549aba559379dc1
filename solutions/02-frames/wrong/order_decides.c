/* SPDX-License-Identifier: MIT */
/*
 * Ranges are applied as they come, so a usable one after a reserved one wins.
 *
 * symptom: with another firmware the same machine hands out reserved memory
 * fails: map_random map_order
 * see: Adding a range
 */
/* in memory/memory_map.c */
void memory_map_build(struct memory_map *map, const struct memory_range *ranges, unsigned count)
{
	assert(count <= BOOT_RANGES_MAX);
	map->count = 0;
	for (unsigned i = 0; i < count; i++) {
		if (ranges[i].kind == MEMORY_USABLE)
			map_add(map, ranges[i].start, ranges[i].end);
		else
			map_cut(map, ranges[i].start, ranges[i].end);
	}
	map_keep_whole_frames(map);
}
