/* SPDX-License-Identifier: MIT */
/*
 * Rights are changed in memory, but the processor is not told.
 *
 * symptom: a page that became read-only can be written
 * fails: fault_protected
 * see: The TLB: only you invalidate it
 */
/* in memory/page_range.c */
int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags)
{
	int error;

	if (!bytes)
		return 0;
	error = split_ends(root, address, bytes);
	if (error)
		return error;
	while (bytes) {
		unsigned level;
		page_entry *entry = page_table_walk(root, address, &level);
		uint64_t step = page_level_bytes(level) - (address & (page_level_bytes(level) - 1));

		if (*entry)
			*entry = (*entry & ~PAGE_RIGHTS) | page_flags(flags & PAGE_RIGHTS);
		step = min(step, bytes);
		address += step;
		bytes -= step;
	}
	return 0;
}
