/* SPDX-License-Identifier: MIT */
/* in memory/slab.c */
/*
 * slab_shrunk - the slab has one object less in use: slab->used, and the list where the slab belongs.
 *
 * slab_free() calls it, under cache->lock; slab->used still counts the object.  The invariant: a slab is on `full` iff all its
 * objects are in use, on `empty` iff none is, else on `partial`.  EMPTY_SLABS empty ones are kept
 * (cache->empty_count says how many are); one more is given back: slab_destroy() takes it off its list.
 *
 * Hint 1: a slab can leave `full` only at one count, and reach `empty` only at another.
 * Hint 2: if a slab has one object, both happen at once.
 */
static void slab_shrunk(struct slab_cache *cache, struct frame *slab)
{
	exercise("slab_shrunk");
}
