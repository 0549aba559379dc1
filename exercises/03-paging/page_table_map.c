/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * page_table_map - map `bytes` from `address` to `to`, all or nothing.
 *
 * 0, -EEXIST when something is mapped in the range already, -ENOMEM when a table could not be had; after
 * an error nothing of the range is mapped that was not mapped before, and what was is as it was: a
 * large page that is in the way is still one large page.
 * Each step takes the largest page possible (largest_level()); map_one() sets its entry or says why not.
 *
 * Hint 1: an entry is an address, page_flags(flags) and PAGE_PRESENT; map_one() adds PAGE_LARGE.
 * Hint 2: each step moves both addresses, and leaves less.
 * Hint 3: what exactly have you mapped when a step fails?  page_table_unmap() takes it back.
 */
int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest)
{
	exercise("page_table_map");
}
