/* SPDX-License-Identifier: MIT */
/*
 * A page of 1 GiB is split as if it were one of 2 MiB: its parts lie 4 KiB apart.
 *
 * symptom: a hole in a huge page moves the memory around it
 * fails: split_huge
 * see: Holes in large pages
 */
/* in memory/page_range.c */
static int page_split(page_entry *entry, unsigned level)
{
	page_entry large = *entry, *entries;
	struct frame *table = frame_alloc(FRAME_PAGE_TABLE, 0);

	if (!table)
		return -ENOMEM;
	if (level == 2)
		large &= ~PAGE_LARGE;
	entries = frame_address(table);
	for (unsigned i = 0; i < 512; i++)
		entries[i] = large + i * PAGE_SIZE;
	table->entries = 512;
	*entry = frame_physical(table) | PAGE_PRESENT | PAGE_WRITE | (large & PAGE_USER);
	return 0;
}
