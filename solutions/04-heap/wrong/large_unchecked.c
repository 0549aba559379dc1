/* SPDX-License-Identifier: MIT */
/*
 * What lies in no slab is believed to be a large object's first byte.
 *
 * symptom: a pointer into a large buffer, or to a page table, is freed, and its memory has two owners
 * fails: heap_inside_free heap_kind_free
 * see: Which kind was it?
 */
/* in memory/heap.c */
void kfree(void *object)
{
	struct slab_cache *cache;

	if (!object)
		return;
	cache = slab_cache_of(object);
	if (cache)
		slab_free(cache, object);
	else
		frame_put(frame_of(physical_of(object)));
}
