/* SPDX-License-Identifier: MIT */
/*
 * Tables on the way have no user bit: the leaf's seems enough.
 *
 * symptom: no program can touch its own pages
 * fails: walk_random translate_inside
 * see: Rights are the AND along the path
 */
/* in memory/page_table.c */
static bool entry_grow(page_entry *entry, uint64_t address, unsigned level)
{
	struct frame *table;

	assert(address < USER_END || level < ROOT_LEVEL || !kernel_half_complete);
	table = table_alloc();
	if (!table)
		return false;
	page_entry_set(entry, frame_physical(table) | PAGE_PRESENT | PAGE_WRITE);
	return true;
}
