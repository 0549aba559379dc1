/* SPDX-License-Identifier: MIT */
/*
 * An empty slab that is taken into use again is still counted as empty.
 *
 * symptom: after a while each object that comes and goes takes and frees a page
 * fails: slab_return
 * see: Three lists
 */
/* in memory/slab.c */
static struct frame *slab_find(struct slab_cache *cache)
{
	struct frame *slab = list_first(&cache->partial, struct frame, link);

	if (slab)
		return slab;
	slab = list_first(&cache->empty, struct frame, link);
	if (!slab)
		slab = slab_create(cache);
	if (slab)
		slab_move(slab, &cache->partial);
	return slab;
}
