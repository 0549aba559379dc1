/* SPDX-License-Identifier: MIT */
/*
 * The old object is freed before the new one is had.
 *
 * symptom: after an allocation failed, a buffer that is still in use belongs to two
 * fails: heap_realloc
 * see: Growing an object
 */
/* in memory/heap.c */
void *krealloc(void *object, size_t bytes)
{
	void *larger;

	if (!object)
		return kmalloc(bytes);
	if (bytes && bytes <= kmalloc_size(object))
		return object;
	larger = kmalloc(bytes);
	if (larger)
		memcpy(larger, object, kmalloc_size(object));
	kfree(object);
	return larger;
}
