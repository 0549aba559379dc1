/* SPDX-License-Identifier: MIT */
/* in memory/memory_map.c */
/*
 * map_cut - take the bytes [start, end) out of the map.
 *
 * A run may lose its beginning, its end, all of it, or its middle: then two are left.  Reserved
 * ranges are empty or reversed as well (start >= end: nothing to take out).
 *
 * Hint 1: what is left of a run is at most [run.start, start) and [end, run.end); each may be empty.
 * Hint 2: copy the run before you delete it.
 * Hint 3: when you put pieces back at index i, where does your loop go on?
 */
static void map_cut(struct memory_map *map, physical_address start, physical_address end)
{
	exercise("map_cut");
}
