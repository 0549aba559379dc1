/* SPDX-License-Identifier: MIT */
/*
 * A run that loses its middle loses its end as well.
 *
 * symptom: memory above a reserved hole is never used
 * fails: map_partial map_random map_order
 * see: Taking a range out
 */
/* in memory/memory_map.c */
static void map_cut(struct memory_map *map, physical_address start, physical_address end)
{
	if (start >= end)
		return;
	for (unsigned i = 0; i < map->count;) {
		struct memory_run run = map->runs[i];

		if (run.end <= start || run.start >= end) {
			i++;
			continue;
		}
		run_delete(map, i, 1);
		if (run.start < start)
			run_insert(map, i++, (struct memory_run){ run.start, start });
		else if (run.end > end)
			run_insert(map, i++, (struct memory_run){ end, run.end });
	}
}
