/* SPDX-License-Identifier: MIT */
/*
 * A step over what is absent always has the whole length that the entry covers, wherever it begins.
 *
 * symptom: pages behind a hole survive their unmap
 * fails: unmap_holes
 * see: Unmapping: clear, flush, free
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
		uint64_t step = page_level_bytes(level);

		if (*entry) {
			page_entry_clear(entry);
			tlb_flush_page(at);
		}
		step = min(step, left);
		at += step;
		left -= step;
	}
	page_table_prune(root, address, end);
	return 0;
}
