/* SPDX-License-Identifier: MIT */
/* in memory/slab.c */
/*
 * slab_create - a new slab without any object in use, on no list; NULL: no memory.
 *
 * A slab is a run of 1 << cache->order frames of kind FRAME_SLAB.  Its whole state is in the run's
 * first descriptor (memory/frame_allocator.h): `used` objects are handed out, the first `fresh` ones
 * ever were, `free` is the first freed one.  frame_alloc_run() fills in the first descriptor alone, and
 * leaves its link and union arbitrary.  slab_cache_of() gets the address of an object and looks at one descriptor: that of the object's
 * own frame.  The cache counts its slabs.
 *
 * Hint 1: an object may lie in any frame of the run.  What must each of their descriptors say?
 * Hint 2: there is nothing to do to the objects.  Why not?
 * Hint 3: slab_move() takes the slab off whatever list it is on; what must `link` be before?
 */
static struct frame *slab_create(struct slab_cache *cache)
{
	exercise("slab_create");
}
