/* SPDX-License-Identifier: MIT */
/*
 * Only the rights are told, not the other bits of the leaf.
 *
 * symptom: whoever asks how a device is mapped hears that it is cached
 * fails: translate_inside
 * see: The walk
 */
/* in memory/page_range.c */
bool page_table_translate(physical_address root, uint64_t address, physical_address *to,
			  uint64_t *flags)
{
	uint64_t both = PAGE_WRITE | PAGE_USER, any = 0;
	physical_address table = root;

	for (unsigned level = 4;; level--) {
		unsigned index = address / page_level_bytes(level) % 512;
		page_entry entry = ((page_entry *)direct_map(table))[index];
		uint64_t inside = address & (page_level_bytes(level) - 1);

		if (!(entry & PAGE_PRESENT))
			return false;
		both &= entry;
		any |= entry & PAGE_NX;
		table = page_entry_address(entry);
		if (level > 1 && !(entry & PAGE_LARGE))
			continue;
		*to = (table & ~(page_level_bytes(level) - 1)) + inside;
		*flags = both | any;
		return true;
	}
}
