/* SPDX-License-Identifier: MIT */
/* in memory/heap.c */
/*
 * power_above - the least n with bytes <= 1 << n; bytes > 0.
 *
 * 1 gives 0, 2 gives 1, 3 and 4 give 2, 4096 gives 12, 4097 gives 13.  In constant time: the processor
 * counts the zeros above the highest set bit (__builtin_clzl(); undefined for 0: BSR, Intel SDM vol. 2A).
 *
 * Hint: where is the highest set bit of bytes - 1?
 */
static unsigned power_above(uint64_t bytes)
{
	exercise("power_above");
}
