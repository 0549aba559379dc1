/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * page_table_translate - the physical address behind `address`, and what is allowed there.
 *
 * Do what the processor does (SDM vol. 3, 4.5, figures 4-8 to 4-10): from the root at level 4, take the
 * entry that 9 bits of the address choose, go down until an entry is a leaf.  A leaf is an entry of
 * level 1, and one of level 2 or 3 with PAGE_LARGE.  false: some entry on the way is not present.
 * Rights (4.6): a write or a user access must be allowed by every entry of the path; one PAGE_NX
 * forbids execution.  *flags has these three, and the other flag bits of the leaf as they are.
 *
 * Hint 1: a table is read through direct_map(); page_level_bytes(level) is what one entry covers.
 * Hint 2: an entry holds flags in bits 0-11 and 63: page_entry_address() leaves only the address.
 * Hint 3: what the leaf does not translate, the low bits of the address, is kept: 12, 21 or 30 bits.
 */
bool page_table_translate(physical_address root, uint64_t address, physical_address *to,
			  uint64_t *flags)
{
	exercise("page_table_translate");
}
