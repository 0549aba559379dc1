/* SPDX-License-Identifier: MIT */
/*
 * The product of count and size wraps.
 *
 * symptom: an array for 2^61 + 1 elements has room for one
 * fails: heap_refused
 * see: Size classes
 */
/* in memory/heap.c */
void *kcalloc(size_t count, size_t bytes)
{
	return kzalloc(count * bytes);
}
