/* SPDX-License-Identifier: MIT */
/*
 * counts.c - the list of what is in use (lib/counts.h).
 *
 * Two lists with the same objects alive are equal, to the frame.  So spare tables, stacks, empty
 * slabs and unused dentries are given back before counting, and the frames of slabs are left out:
 * how many slabs hold a number of objects depends on the order in which they came and went.
 */
#include "arch/arch.h"
#include "drivers/report.h"
#include "lib/command_line.h"
#include "lib/counts.h"
#include "memory/frame_allocator.h"
#include "memory/heap.h"
#include "memory/reclaim.h"

#define DROP_UNUSED_OBJECTS 2

static const char *const kind_names[FRAME_KINDS] = {
	[FRAME_KERNEL] = "frames.kernel",
	[FRAME_PAGE_TABLE] = "frames.page_table",
	[FRAME_ANONYMOUS] = "frames.anonymous",
	[FRAME_CACHE] = "frames.cache",
};

static void count(const char *name, uint64_t number)
{
	report_text("counts", "%s %lu", name, number);
}

void counts_report(void)
{
	struct frame_statistics frames;
	struct slab_cache *cache;

	if (!command_line_has("counts"))
		return;
	count("time", clock_monotonic());
	caches_drop(DROP_UNUSED_OBJECTS);
	frame_statistics_get(&frames);
	for (unsigned kind = 0; kind < FRAME_KINDS; kind++)
		if (kind_names[kind])
			count(kind_names[kind], frames.by_kind[kind]);
	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		count(cache->name, cache->used);
}
