/* SPDX-License-Identifier: MIT */
/*
 * The number of pages is calculated before the size is checked, and wraps.
 *
 * symptom: who asks for -1 bytes gets a page
 * fails: heap_refused
 * see: Size classes
 */
/* in memory/heap.c */
void *kmalloc(size_t bytes)
{
	uint64_t pages = (bytes + PAGE_SIZE - 1) / PAGE_SIZE;

	if (bytes == 0 || pages > 1 << FRAME_ORDER_MAX)
		return NULL;
	return bytes <= CLASS_MAX ? slab_alloc(class_for(bytes)) : large_alloc(pages * PAGE_SIZE);
}
