/* SPDX-License-Identifier: MIT */
/*
 * The entry is cleared, but the processor is not told.
 *
 * symptom: the old page is read and written long after it was unmapped
 * fails: flush_unmap fault_unmapped
 * see: The TLB: only you invalidate it
 */
/* in memory/page_range.c */
int page_table_unmap(physical_address root, uint64_t address, uint64_t bytes)
{
	uint64_t end = address + bytes;
	int error;

	if (!bytes)
		return 0;
	error = split_ends(root, address, bytes);
	if (error)
		return error;
	for (uint64_t at = address, left = bytes; left;) {
		unsigned level;
		page_entry *entry = page_table_walk(root, at, &level);
		uint64_t step = page_level_bytes(level) - (at & (page_level_bytes(level) - 1));

		if (*entry)
			page_entry_clear(entry);
		step = min(step, left);
		at += step;
		left -= step;
	}
	page_table_prune(root, address, end);
	return 0;
}
