/* SPDX-License-Identifier: MIT */
/* new in memory/slab_usage.c */
/*
 * slab_usage.c - how much a cache holds, found by its name.
 *
 * Caches come to the list with their first object and never leave it, so a walk needs no lock; the two
 * numbers are read under the cache's own, for else an object could come with its slab in between.
 */
#include "lib/string.h"
#include "memory/heap.h"

static struct slab_cache *cache_find(const char *name)
{
	struct slab_cache *cache = NULL;

	while ((cache = slab_cache_next(cache)))
		if (strcmp(cache->name, name) == 0)
			return cache;
	return NULL;
}

/* Objects handed out and slabs held; false: no cache of this name was ever used. */
bool slab_usage(const char *name, uint64_t *used, uint64_t *slabs);
bool slab_usage(const char *name, uint64_t *used, uint64_t *slabs)
{
	struct slab_cache *cache = cache_find(name);
	uint64_t interrupts;

	if (!cache)
		return false;
	interrupts = spinlock_acquire(&cache->lock);
	*used = cache->used;
	*slabs = cache->slabs;
	spinlock_release(&cache->lock, interrupts);
	return true;
}
