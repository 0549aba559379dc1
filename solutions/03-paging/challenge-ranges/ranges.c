/* SPDX-License-Identifier: MIT */
/*
 * One walk for each table of the lowest level instead of two for each page: its entries lie side by side.  A range
 * that is mapped, protected or unmapped is cut at the borders of such tables; what lies in one is a loop over an
 * array.  Larger pages, and all that is not there, go the general way.
 *
 * saves: 80
 */
/* in memory/page_range.c */
/* helpers */
/* How many entries of the table that `address` has its entry in are left for it and what follows. */
static size_t entries_left(uint64_t address, uint64_t bytes)
{
	return min(512 - (address >> PAGE_SHIFT) % 512, bytes >> PAGE_SHIFT);
}

/* Small pages up to the end of a table or range; how many come before an error. */
static size_t run_map(physical_address root, uint64_t address, page_entry value, uint64_t bytes, int *error)
{
	size_t count = entries_left(address, bytes), i;
	unsigned level;
	page_entry *entry = page_table_walk(root, address, &level);

	*error = -EEXIST;
	if (level > 1) {
		if (*entry)
			return 0;
		*error = -ENOMEM;
		entry = page_table_walk_level(root, address, 1);
		if (!entry)
			return 0;
		*error = -EEXIST;
	}
	for (i = 0; i < count && !entry[i]; i++)
		entry[i] = value + i * PAGE_SIZE;
	page_entry_table(entry)->entries += i;
	if (i == count)
		*error = 0;
	return i;
}

/* end of helpers */
int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest)
{
	page_entry value = to | page_flags(flags) | PAGE_PRESENT;
	uint64_t done = 0;
	int error = 0;

	assert(!((address | to | bytes) & ~PAGE_MASK));
	while (done < bytes && !error) {
		unsigned level = largest_level(address + done, to + done, bytes - done, largest);

		if (level == 1) {
			/* up to the border of a table no larger page can begin */
			done += run_map(root, address + done, value + done, bytes - done, &error) * PAGE_SIZE;
			continue;
		}
		error = map_one(root, address + done, value + done, level);
		if (!error)
			done += page_level_bytes(level);
	}
	if (error)
		page_table_unmap(root, address, done);
	return error;
}

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
		size_t count = 1, cleared = 0;

		if (level == 1) {
			count = entries_left(at, left);
			step = count * PAGE_SIZE;
		}
		for (size_t i = 0; i < count; i++) {
			if (!entry[i])
				continue;
			entry[i] = 0;
			cleared++;
			tlb_flush_page(at + i * PAGE_SIZE);
		}
		page_entry_table(entry)->entries -= cleared;
		step = min(step, left);
		at += step;
		left -= step;
	}
	page_table_prune(root, address, end);
	return 0;
}

int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags)
{
	page_entry rights = page_flags(flags & PAGE_RIGHTS);
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
		size_t count = 1;

		if (level == 1) {
			count = entries_left(address, bytes);
			step = count * PAGE_SIZE;
		}
		for (size_t i = 0; i < count; i++) {
			if (!entry[i])
				continue;
			entry[i] = (entry[i] & ~PAGE_RIGHTS) | rights;
			tlb_flush_page(address + i * PAGE_SIZE);
		}
		step = min(step, bytes);
		address += step;
		bytes -= step;
	}
	return 0;
}
