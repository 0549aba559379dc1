/* SPDX-License-Identifier: MIT */
/*
 * The small pages of a split keep the bit that said "large": in their entries it selects a memory type.
 *
 * symptom: memory of an unexpected type (PAT); on processors whose PAT differs, uncached and slow
 * fails: unmap_splits split_huge
 * see: Holes in large pages
 */
/* in memory/page_range.c */
static int page_split(page_entry *entry, unsigned level)
{
	page_entry large = *entry, *entries;
	struct frame *table = frame_alloc(FRAME_PAGE_TABLE, 0);

	if (!table)
		return -ENOMEM;
	entries = frame_address(table);
	for (unsigned i = 0; i < 512; i++)
		entries[i] = large + i * page_level_bytes(level - 1);
	table->entries = 512;
	*entry = frame_physical(table) | PAGE_PRESENT | PAGE_WRITE | (large & PAGE_USER);
	return 0;
}
