/* SPDX-License-Identifier: MIT */
/*
 * A range is cut out of large pages at its start only.
 *
 * symptom: with the last page of a hole goes the rest of its 2 MiB
 * fails: unmap_splits
 * see: Holes in large pages
 */
/* in memory/page_range.c */
static int split_ends(physical_address root, uint64_t address, uint64_t bytes)
{
	assert(!((address | bytes) & ~PAGE_MASK));
	return split_at(root, address);
}
