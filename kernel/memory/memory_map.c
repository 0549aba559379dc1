/* SPDX-License-Identifier: MIT */
/*
 * memory_map.c - the arithmetic of memory maps: add a range, take one out, find a place.
 *
 * While a map is built, runs are exact to the byte, because a frame may be usable through two
 * ranges that meet in its middle; only at the end are they cut down to whole frames.
 *
 * Where ranges overlap, reserved wins: usable ranges are added first, then all others are cut out,
 * so the order in the firmware's table (INT 15h E820, ACPI 15.1; multiboot2 3.6.8) does not
 * matter.
 *
 * No locks: used at boot, and afterwards only read.
 */
#include "memory/memory_map.h"

#include "lib/assert.h"

static void run_delete(struct memory_map *map, unsigned at, unsigned how_many)
{
	assert(at + how_many <= map->count);
	map->count -= how_many;
	for (unsigned i = at; i < map->count; i++)
		map->runs[i] = map->runs[i + how_many];
}

/* Loses the new run when the map is full: RAM that is not used does no harm. */
static void run_insert(struct memory_map *map, unsigned at, struct memory_run run)
{
	assert(at <= map->count && run.start < run.end);
	if (map->count == MEMORY_MAP_RUNS)
		return;
	for (unsigned i = map->count++; i > at; i--)
		map->runs[i] = map->runs[i - 1];
	map->runs[at] = run;
}

/* Adds [start, end), melting it with every run that it overlaps or meets. */
static void map_add(struct memory_map *map, physical_address start, physical_address end)
{
	unsigned first = 0, last;

	if (start >= end)
		return;
	/* `<`, not `<=`: a run that ends where this one begins is melted with it. */
	while (first < map->count && map->runs[first].end < start)
		first++;
	for (last = first; last < map->count && map->runs[last].start <= end; last++) {
		start = min(start, map->runs[last].start);
		end = max(end, map->runs[last].end);
	}
	run_delete(map, first, last - first);
	run_insert(map, first, (struct memory_run){ start, end });
}

/* Takes out the bytes [start, end). */
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
		if (run.end > end)
			run_insert(map, i++, (struct memory_run){ end, run.end });
	}
}

static void map_keep_whole_frames(struct memory_map *map)
{
	for (unsigned i = 0; i < map->count;) {
		struct memory_run *run = &map->runs[i];

		/* The last page of the address space is given up, so that nothing wraps. */
		run->start = round_up(min(run->start, PAGE_MASK), PAGE_SIZE);
		run->end = round_down(run->end, PAGE_SIZE);
		if (run->start < run->end)
			i++;
		else
			run_delete(map, i, 1);
	}
}

void memory_map_build(struct memory_map *map, const struct memory_range *ranges, unsigned count)
{
	assert(count <= BOOT_RANGES_MAX);
	map->count = 0;
	for (unsigned i = 0; i < count; i++)
		if (ranges[i].kind == MEMORY_USABLE)
			map_add(map, ranges[i].start, ranges[i].end);
	for (unsigned i = 0; i < count; i++)
		if (ranges[i].kind != MEMORY_USABLE)
			map_cut(map, ranges[i].start, ranges[i].end);
	map_keep_whole_frames(map);
}

void memory_map_remove(struct memory_map *map, physical_address start, physical_address end)
{
	if (start >= end)
		return;
	map_cut(map, round_down(start, PAGE_SIZE),
		end > PAGE_MASK ? ~0UL : round_up(end, PAGE_SIZE));
}

physical_address memory_map_place(const struct memory_map *map, uint64_t bytes,
				  physical_address limit)
{
	for (unsigned i = 0; i < map->count; i++) {
		const struct memory_run *run = &map->runs[i];
		physical_address end = min(run->end, limit);

		/* Physical 0 is the answer "none": the frame there is never used anyway. */
		if (run->start && run->start < end && end - run->start >= bytes)
			return run->start;
	}
	return 0;
}

physical_address memory_map_end(const struct memory_map *map)
{
	return map->count ? map->runs[map->count - 1].end : 0;
}

uint64_t memory_map_frames(const struct memory_map *map)
{
	uint64_t bytes = 0;

	for (unsigned i = 0; i < map->count; i++)
		bytes += map->runs[i].end - map->runs[i].start;
	return bytes >> PAGE_SHIFT;
}

bool memory_map_has(const struct memory_map *map, physical_address at)
{
	for (unsigned i = 0; i < map->count; i++)
		if (map->runs[i].start <= at && at < map->runs[i].end)
			return true;
	return false;
}
