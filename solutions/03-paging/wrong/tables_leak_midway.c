/* SPDX-License-Identifier: MIT */
/*
 * When the second of three new tables cannot be had, the first stays: empty, and nobody's.
 *
 * symptom: page tables grow whenever memory is short
 * fails: map_no_memory
 * see: Mapping: all or nothing
 */
/* in memory/page_table.c */
page_entry *page_table_walk_level(physical_address root, uint64_t address, unsigned level)
{
	page_entry *entry = entry_in(root, address, ROOT_LEVEL);

	for (unsigned at = ROOT_LEVEL; at > level; at--) {
		if (!*entry && !entry_grow(entry, address, at))
			return NULL;
		if (*entry & PAGE_LARGE)
			return NULL;
		entry = entry_in(page_entry_address(*entry), address, at - 1);
	}
	return entry;
}
