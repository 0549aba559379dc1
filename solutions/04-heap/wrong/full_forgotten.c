/* SPDX-License-Identifier: MIT */
/*
 * A slab that was full stays on its list when an object comes back.
 *
 * symptom: memory grows for ever, though most of it is free
 * fails: slab_reuse
 * see: Three lists
 */
/* in memory/slab.c */
static void slab_shrunk(struct slab_cache *cache, struct frame *slab)
{
	if (--slab->used)
		return;
	if (cache->empty_count == EMPTY_SLABS) {
		slab_destroy(cache, slab);
		return;
	}
	slab_move(slab, &cache->empty);
	cache->empty_count++;
}
