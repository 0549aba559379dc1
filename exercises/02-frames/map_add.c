/* SPDX-License-Identifier: MIT */
/* in memory/memory_map.c */
/*
 * map_add - add the bytes [start, end) to the map.
 *
 * Keep what always holds of a map: its runs are sorted, and no two of them overlap or meet.  The
 * firmware's ranges come in any order, overlap in every way, and may be empty or reversed (start >=
 * end: nothing to add).
 *
 * Hint 1: only the runs that the new one overlaps or meets change; they are neighbours.
 * Hint 2: the new run replaces all of these: it starts where the first of them or you do, and ends ...
 * Hint 3: run_delete() and run_insert() move the others; both are above in the same file.
 */
static void map_add(struct memory_map *map, physical_address start, physical_address end)
{
	exercise("map_add");
}
