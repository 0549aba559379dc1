/* SPDX-License-Identifier: MIT */
/*
 * A slab without objects stays among the partial ones.
 *
 * symptom: a peak of one kind of object takes its memory away from all others for ever
 * fails: heap_random slab_return
 * see: Three lists
 */
/* in memory/slab.c */
static void slab_shrunk(struct slab_cache *cache, struct frame *slab)
{
	if (slab->used == cache->per_slab)
		slab_move(slab, &cache->partial);
	slab->used--;
}
