/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * largest_level - the level of the largest page that may map `address` to `to` now.
 *
 * 3 (1 GiB, only where cpu_features.pages_1g says so), 2 (2 MiB) or 1.  A page of a level is allowed
 * when it is not larger than `bytes` and `largest`, and when both addresses are multiples of its size:
 * a large entry has no room for low address bits (SDM vol. 3, tables 4-16 and 4-18: reserved, must be 0).
 *
 * Hint: the alignment of two numbers at once is that of their OR.
 */
static unsigned largest_level(uint64_t address, physical_address to, uint64_t bytes,
			      uint64_t largest)
{
	exercise("largest_level");
}
