/* SPDX-License-Identifier: MIT */
/*
 * Moving copies as many bytes as the new object has.
 *
 * symptom: other objects' bytes appear in a grown buffer; near the end of RAM, a fault
 * fails: heap_price
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
	if (!larger)
		return NULL;
	memcpy(larger, object, bytes);
	kfree(object);
	return larger;
}
