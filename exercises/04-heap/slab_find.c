/* SPDX-License-Identifier: MIT */
/* in memory/slab.c */
/*
 * slab_find - a slab with an object to give, on `partial`; NULL: no memory.
 *
 * A partial slab first, so that memory in use is used; then an empty one that was kept; then a new one.
 * The cost must not depend on how many slabs there are.  cache->empty_count is the length of `empty`.
 * The caller holds cache->lock.
 *
 * Hint 1: list_first() gives NULL for an empty list (lib/list.h).
 * Hint 2: the slab that you return is about to have an object in use; on which list must it be?
 */
static struct frame *slab_find(struct slab_cache *cache)
{
	exercise("slab_find");
}
