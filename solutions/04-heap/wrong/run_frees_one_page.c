/* SPDX-License-Identifier: MIT */
/*
 * Of a large object only the first frame is freed.
 *
 * symptom: memory shrinks with every large buffer
 * fails: heap_sizes heap_refused
 * see: Which kind was it?
 */
/* in memory/heap.c */
void kfree(void *object)
{
	struct slab_cache *cache;
	struct frame *run;

	if (!object)
		return;
	cache = slab_cache_of(object);
	if (cache) {
		slab_free(cache, object);
		return;
	}
	run = frame_of(physical_of(object));
	assert(!((uint64_t)object & ~PAGE_MASK) && run->kind == FRAME_KERNEL);
	run->order = 0;
	frame_put(run);
}
