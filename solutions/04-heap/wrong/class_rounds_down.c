/* SPDX-License-Identifier: MIT */
/*
 * The class is that of the highest bit: too small for all but powers of two.
 *
 * symptom: bytes at the end of an object change by themselves
 * fails: heap_sizes heap_random
 * see: Size classes
 */
/* in memory/heap.c */
static unsigned power_above(uint64_t bytes)
{
	return 63 - __builtin_clzl(bytes);
}
