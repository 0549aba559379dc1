/* SPDX-License-Identifier: MIT */
/*
 * A frame that is usable in part is kept: the edges are rounded outwards.
 *
 * symptom: a frame at the edge of a range holds somebody else's bytes after a while
 * fails: map_partial
 * see: The map lies at its edges
 */
/* in memory/memory_map.c */
static void map_keep_whole_frames(struct memory_map *map)
{
	for (unsigned i = 0; i < map->count;) {
		struct memory_run *run = &map->runs[i];

		run->start = round_down(min(run->start, PAGE_MASK), PAGE_SIZE);
		run->end = round_up(min(run->end, PAGE_MASK), PAGE_SIZE);
		if (run->start < run->end)
			i++;
		else
			run_delete(map, i, 1);
	}
}
