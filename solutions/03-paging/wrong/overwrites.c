/* SPDX-License-Identifier: MIT */
/*
 * What is mapped already is replaced.
 *
 * symptom: a page vanishes under its owner's feet, and its frame is never freed
 * fails: map_exists
 * see: Mapping: all or nothing
 */
/* in memory/page_range.c */
static int map_one(physical_address root, uint64_t address, page_entry value, unsigned level)
{
	page_entry *entry;
	unsigned found;

	entry = page_table_walk(root, address, &found);
	if (found < level)
		return -EEXIST;
	entry = page_table_walk_level(root, address, level);
	if (!entry)
		return -ENOMEM;
	if (*entry)
		page_entry_clear(entry);
	page_entry_set(entry, level > 1 ? value | PAGE_LARGE : value);
	return 0;
}
