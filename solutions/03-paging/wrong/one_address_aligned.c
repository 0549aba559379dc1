/* SPDX-License-Identifier: MIT */
/*
 * A large page is used when the virtual address alone is aligned.
 *
 * symptom: bits of the physical address fall into reserved ones: other memory appears
 * fails: map_sizes
 * see: Pages of three sizes
 */
/* in memory/page_range.c */
static unsigned largest_level(uint64_t address, physical_address to, uint64_t bytes,
			      uint64_t largest)
{
	unsigned level = cpu_features.pages_1g ? 3 : 2;

	while (level > 1 && (page_level_bytes(level) > min(bytes, largest) ||
			     (address & (page_level_bytes(level) - 1))))
		level--;
	return level;
}
