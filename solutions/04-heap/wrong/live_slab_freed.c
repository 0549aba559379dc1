/* SPDX-License-Identifier: MIT */
/*
 * A slab is given back while one object is still in use.
 *
 * symptom: an object's bytes change after its neighbours were freed
 * fails: heap_sizes slab_return
 * see: Three lists
 */
/* in memory/slab.c */
static void slab_destroy(struct slab_cache *cache, struct frame *slab)
{
	list_remove(&slab->link);
	for (unsigned i = 1; i < 1U << cache->order; i++)
		slab[i].kind = FRAME_KERNEL;
	cache->slabs--;
	frame_put(slab);
}
static void slab_shrunk(struct slab_cache *cache, struct frame *slab)
{
	if (slab->used == cache->per_slab)
		slab_move(slab, &cache->partial);
	if (--slab->used > 1)
		return;
	if (cache->empty_count == EMPTY_SLABS) {
		slab_destroy(cache, slab);
		return;
	}
	slab_move(slab, &cache->empty);
	cache->empty_count++;
}
