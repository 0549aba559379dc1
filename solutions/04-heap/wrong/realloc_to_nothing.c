/* SPDX-License-Identifier: MIT */
/*
 * For 0 bytes every object has the room, so it is returned.
 *
 * symptom: a caller that shrinks a list to nothing goes on with an object of no bytes
 * fails: heap_realloc
 * see: Growing an object
 */
/* in memory/heap.c */
void *krealloc(void *object, size_t bytes)
{
	void *larger;

	if (!object)
		return kmalloc(bytes);
	if (bytes <= kmalloc_size(object))
		return object;
	larger = kmalloc(bytes);
	if (!larger)
		return NULL;
	memcpy(larger, object, kmalloc_size(object));
	kfree(object);
	return larger;
}
