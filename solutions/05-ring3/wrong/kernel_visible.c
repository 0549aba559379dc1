/* SPDX-License-Identifier: MIT */
/*
 * The direct map is mapped with the user bit, on every level.
 *
 * symptom: a program reads and writes all of the machine's memory
 * fails: kernel_write
 * see: What the program may touch
 */
/* in memory/kernel_map.c */
static void direct_add(physical_address root, physical_address from, physical_address to,
		       uint64_t flags)
{
	if (from >= to)
		return;
	if (page_table_map(root, DIRECT_MAP + from, from, to - from,
			   flags | PAGE_USER | global_flag(), PAGE_1G))
		panic("no memory for the direct map");
}
/* in memory/page_table.c */
static bool entry_grow(page_entry *entry, uint64_t address, unsigned level)
{
	struct frame *table = table_alloc();

	if (!table)
		return false;
	page_entry_set(entry, frame_physical(table) | PAGE_PRESENT | PAGE_WRITE | PAGE_USER);
	return true;
}
