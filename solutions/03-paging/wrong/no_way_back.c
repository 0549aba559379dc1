/* SPDX-License-Identifier: MIT */
/*
 * A map that fails in the middle keeps what it has mapped so far.
 *
 * symptom: after ENOMEM half of the range is there
 * fails: map_exists
 * see: Mapping: all or nothing
 */
/* in memory/page_range.c */
int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest)
{
	uint64_t done = 0;

	assert(!((address | to | bytes) & ~PAGE_MASK));
	while (done < bytes) {
		unsigned level = largest_level(address + done, to + done, bytes - done, largest);
		page_entry value = (to + done) | page_flags(flags) | PAGE_PRESENT;
		int error = map_one(root, address + done, value, level);

		if (error)
			return error;
		done += page_level_bytes(level);
	}
	return 0;
}
