/* SPDX-License-Identifier: MIT */
/*
 * The fullest partial slab is searched for, to keep memory together.
 *
 * symptom: the longer the machine runs, the slower it gets
 * fails: heap_price
 * see: Constant time
 */
/* in memory/slab.c */
static struct frame *slab_find(struct slab_cache *cache)
{
	struct frame *slab = list_first(&cache->partial, struct frame, link), *each;

	list_for_each(each, &cache->partial, link)
		if (each->used > slab->used)
			slab = each;
	if (slab)
		return slab;
	slab = list_first(&cache->empty, struct frame, link);
	if (slab)
		cache->empty_count--;
	else
		slab = slab_create(cache);
	if (slab)
		slab_move(slab, &cache->partial);
	return slab;
}
