/* SPDX-License-Identifier: MIT */
/* in memory/heap.c */
/*
 * kfree - what kmalloc() gave is free again; NULL is allowed and does nothing.
 *
 * There is no size: the descriptor of the object's frame tells what it is.  slab_cache_of() finds the
 * cache of a small object; slab_free() does the rest.  A large one is a run of frames of kind
 * FRAME_KERNEL, and `object` its first byte: assert both, then frame_put(), which frees the
 * whole run and notices a second free.
 *
 * Hint: frame_of(physical_of(object)) is the descriptor; PAGE_MASK has the bits of a page's address.
 */
void kfree(void *object)
{
	exercise("kfree");
}
