/* SPDX-License-Identifier: MIT */
/*
 * Objects are packed to 8 bytes, whatever alignment the cache asks for.
 *
 * symptom: FXSAVE of a task's registers faults, for some tasks
 * fails: slab_places
 * see: A slab
 */
/* in memory/slab.c */
static void cache_set_up(struct slab_cache *cache)
{
	uint64_t interrupts = spinlock_acquire(&caches_lock);
	uint32_t bytes = max(cache->size, 8U) + (DEBUG ? REDZONE_BYTES : 0);

	cache->stride = round_up(bytes, 8U);
	while ((PAGE_SIZE << cache->order) / cache->stride < SLAB_OBJECTS &&
	       cache->order < SLAB_ORDER_MAX)
		cache->order++;
	cache->per_slab = (PAGE_SIZE << cache->order) / cache->stride;
	list_init(&cache->partial);
	list_init(&cache->full);
	list_init(&cache->empty);
	list_add_last(&caches, &cache->link);
	spinlock_release(&caches_lock, interrupts);
}
