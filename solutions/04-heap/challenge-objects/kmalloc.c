/* SPDX-License-Identifier: MIT */
/*
 * The usual ways without their calls: kmalloc() takes the size's class by one bit scan and an object from a
 * partial slab; all that is rare (a first slab, an empty one, a failure on demand) goes the general way.
 *
 * saves: 2
 */
/* in memory/heap.c */
void *kmalloc(size_t bytes)
{
	unsigned power;

	if (bytes - 1 >= CLASS_MAX)
		return bytes == 0 || bytes > BYTES_MAX ? NULL : large_alloc(bytes);
	power = 64 - __builtin_clzll((bytes - 1) | ((1UL << CLASS_SHIFT) - 1));
	return slab_alloc(&classes[power - CLASS_SHIFT]);
}
/* in memory/slab.c */
void slab_free(struct slab_cache *cache, void *object)
{
	struct frame *slab;
	uint64_t interrupts;
	physical_address at;

	if (!object)
		return;
	at = physical_of(object);
	assert(frame_of(at)->kind == FRAME_SLAB && frame_of(at)->slab == cache);
	slab = frame_of(at & -(uint64_t)slab_bytes(cache));
	/* else: inside one; offsets and strides of up to 2 KiB in a slab need 32 bits only */
	assert((uint32_t)(at & (slab_bytes(cache) - 1)) % cache->stride == 0);
	interrupts = spinlock_acquire(&cache->lock);
	assert(!object_is_free(cache, slab, object));
	if (DEBUG)
		debug_freed(cache, object);
	*(uint64_t *)object = link_encipher(object, slab->free);
	slab->free = object;
	cache->used--;
	cache->frees++;
	if (unlikely(slab->used == 1 || slab->used == cache->per_slab))
		slab_shrunk(cache, slab);
	else
		slab->used--;
	spinlock_release(&cache->lock, interrupts);
}
