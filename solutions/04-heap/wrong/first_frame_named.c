/* SPDX-License-Identifier: MIT */
/*
 * Only the first frame of a slab knows its cache.
 *
 * symptom: objects of 1 KiB and more cannot be freed
 * fails: heap_sizes
 * see: A slab
 */
/* in memory/slab.c */
static struct frame *slab_create(struct slab_cache *cache)
{
	struct frame *slab = frame_alloc_run(cache->order, FRAME_SLAB, 0);

	if (!slab)
		return NULL;
	slab->slab = cache;
	slab->used = slab->fresh = 0;
	slab->free = NULL;
	list_init(&slab->link);
	cache->slabs++;
	return slab;
}
