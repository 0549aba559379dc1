/* SPDX-License-Identifier: MIT */
/*
 * memory_map.h - from the firmware's list of ranges to the frames that may be given away.
 *
 * The firmware's ranges come unsorted, may overlap, and end anywhere.  A memory map is what
 * is left of them: sorted, disjoint runs of whole frames that are usable RAM and nobody's.
 * Wherever two ranges disagree, the one that is not usable wins; a frame that is only partly
 * usable is dropped.  All of this is arithmetic on the map: no memory is touched.
 */
#pragma once

#include "arch/arch.h"

/* Every range may split one run in two; a few more for what the kernel itself takes out. */
#define MEMORY_MAP_RUNS (2 * BOOT_RANGES_MAX + 16)

struct memory_run {
	physical_address start, end; /* bytes, end excluded */
};

struct memory_map {
	struct memory_run runs[MEMORY_MAP_RUNS]; /* ascending, disjoint, not adjacent, not empty */
	unsigned count;
};

/* Makes the map of `ranges`; in it, runs begin and end on page boundaries. */
void memory_map_build(struct memory_map *map, const struct memory_range *ranges, unsigned count);
/* Takes out every frame that has a byte in [start, end). */
void memory_map_remove(struct memory_map *map, physical_address start, physical_address end);
/* The lowest page-aligned place for `bytes` that ends at or below `limit`; 0: there is none. */
physical_address memory_map_place(const struct memory_map *map, uint64_t bytes,
				  physical_address limit);
/* Where the last run ends, or 0. */
physical_address memory_map_end(const struct memory_map *map);
/* Frames in all runs. */
uint64_t memory_map_frames(const struct memory_map *map);
/* Whether the byte at `at` lies in a run. */
bool memory_map_has(const struct memory_map *map, physical_address at);
