/* SPDX-License-Identifier: MIT */
/*
 * A free checks nothing.
 *
 * symptom: a double free shows much later, as one object with two owners
 * fails: slab_double_free slab_inside_free slab_wrong_cache
 * see: What a free can know
 */
/* in memory/slab.c */
void slab_free(struct slab_cache *cache, void *object)
{
	struct frame *slab;
	uint64_t interrupts;

	if (!object)
		return;
	slab = frame_of(round_down(physical_of(object), (uint64_t)slab_bytes(cache)));
	interrupts = spinlock_acquire(&cache->lock);
	*(uint64_t *)object = link_encipher(object, slab->free);
	slab->free = object;
	cache->used--;
	cache->frees++;
	slab_shrunk(cache, slab);
	spinlock_release(&cache->lock, interrupts);
}
