/* SPDX-License-Identifier: MIT */
/* in memory/slab.c */
/*
 * slab_free - `object` of `cache` is free again; NULL is allowed and does nothing.
 *
 * The caller may be wrong.  Each of these must end in an assertion, in constant time while there is
 * no bug: an object of no slab or of another cache; an address inside an object; an object that is
 * free already (object_is_free()).  A slab is naturally aligned: its first frame is found by rounding
 * down to slab_bytes().
 * Then, under cache->lock: the object becomes the first of slab->free, its link enciphered
 * (link_encipher()); the cache's counts `used` and `frees`.  The slab's are slab_shrunk()'s.
 * With DEBUG, debug_freed() comes before the link is written.
 *
 * Hint 1: frame_of(physical_of(object)) is the descriptor of the object's own frame.
 * Hint 2: at which offsets from the slab's first byte do objects begin?
 * Hint 3: whether an object is free may be asked only under the lock.  Why?
 * Parsons: put in order - slab->free = object / slab_shrunk(...) / assert(!object_is_free(...)) /
 *	*(uint64_t *)object = link_encipher(...) / spinlock_acquire(...) / spinlock_release(...) /
 *	slab = frame_of(round_down(...)) / assert(... % cache->stride == 0) / assert(... == cache)
 */
void slab_free(struct slab_cache *cache, void *object)
{
	exercise("slab_free");
}
