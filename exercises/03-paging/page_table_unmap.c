/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * page_table_unmap - nothing is mapped in [address, address + bytes) any more; 0 or -ENOMEM.
 *
 * Only splitting the large pages at the two ends can fail (split_ends()): that comes first, and an error
 * means that no translation has changed.  Then each entry of the range is cleared (page_entry_clear()
 * keeps the count) and the processor told to forget it: tlb_flush_page(), INVLPG (SDM vol. 3, 4.10.4).
 * At the end page_table_prune() frees the tables that became empty.  0 bytes: nothing happens at all.
 *
 * Hint 1: page_table_walk() may stop at an absent entry of level 4: 512 GiB to skip in one step.
 * Hint 2: such a step begins in the middle of what the entry covers.  Where does it end?
 * Hint 3: address + bytes may be 0, the top of the address space: count what is left, do not compare.
 * Parsons: put in order - step = min(step, left) / at += step; left -= step / page_table_prune(...) /
 *	split_ends(...) / entry = page_table_walk(root, at, &level) / if (*entry) { clear; flush; } /
 *	step = page_level_bytes(level) - (at & (page_level_bytes(level) - 1)) / while (left)
 */
int page_table_unmap(physical_address root, uint64_t address, uint64_t bytes)
{
	exercise("page_table_unmap");
}
