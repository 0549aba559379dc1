/* SPDX-License-Identifier: MIT */
/* in memory/heap.c */
/*
 * kmalloc - `bytes` bytes, or NULL: no memory, or bytes is 0 or more than BYTES_MAX.
 *
 * Up to CLASS_MAX they are an object of class_for(bytes), beyond a run of frames of their own:
 * large_alloc().  `bytes` may be any number, ~0UL as well: somebody subtracted 1 from 0.
 *
 * Hint: compare before you calculate; a sum or a rounding may wrap.
 */
void *kmalloc(size_t bytes)
{
	exercise("kmalloc");
}
