/* SPDX-License-Identifier: MIT */
/* in memory/heap.c */
/*
 * krealloc - `object` with room for `bytes` bytes, perhaps elsewhere; NULL: no memory, or bytes is 0.
 *
 * realloc(3) of the C library is the model: krealloc(NULL, n) is kmalloc(n); what was in the object
 * is in the new one; and whenever the answer is NULL, the old object is untouched and still the
 * caller's: also for 0 bytes, which realloc(3) takes for a free().
 * An object that has the room already (kmalloc_size()) stays where it is.
 *
 * Hint 1: how many bytes may be read of the old object, how many written of the new?
 * Hint 2: check and reserve first; free only when nothing can fail any more.
 */
void *krealloc(void *object, size_t bytes)
{
	exercise("krealloc");
}
