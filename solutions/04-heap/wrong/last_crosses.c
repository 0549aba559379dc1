/* SPDX-License-Identifier: MIT */
/*
 * The number of objects in a slab is rounded up.
 *
 * symptom: now and then an object shares its end with a stranger
 * fails: slab_places
 * see: A slab
 */
/* in memory/slab.c */
static void cache_set_up(struct slab_cache *cache)
{
	uint64_t interrupts = spinlock_acquire(&caches_lock);
	uint32_t align = cache->alignment ? cache->alignment : 16;
	uint32_t bytes = max(cache->size, 8U) + (DEBUG ? REDZONE_BYTES : 0);

	align = max(align, 8U);
	cache->stride = round_up(bytes, align);
	while ((PAGE_SIZE << cache->order) / cache->stride < SLAB_OBJECTS &&
	       cache->order < SLAB_ORDER_MAX)
		cache->order++;
	cache->per_slab = ((PAGE_SIZE << cache->order) + cache->stride - 1) / cache->stride;
	list_init(&cache->partial);
	list_init(&cache->full);
	list_init(&cache->empty);
	list_add_last(&caches, &cache->link);
	spinlock_release(&caches_lock, interrupts);
}
