/* SPDX-License-Identifier: MIT */
/*
 * The bit that ends the way early is not looked at: a large page's contents are taken for a table.
 *
 * symptom: translations of the direct map are nonsense, or a fault
 * fails: translate_inside direct_all
 * see: Pages of three sizes
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
		if (level > 1)
			continue;
		*to = (table & ~(page_level_bytes(level) - 1)) + inside;
		*flags = (entry & ~(PAGE_ADDRESS | PAGE_RIGHTS)) | both | any;
		return true;
	}
}
