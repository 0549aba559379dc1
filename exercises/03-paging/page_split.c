/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * page_split - a table of 512 smaller pages in place of one large page; 0 or -ENOMEM.
 *
 * No translation changes: each small page maps its part, with the same flags.  A page of level 3 becomes
 * 512 of 2 MiB, which are still large; one of level 2 becomes 512 of 4 KiB, in whose entries the same
 * bit has another meaning (PAT, SDM vol. 3, table 4-20) and must be 0.  The entry then points to the
 * table and must forbid nothing that the pages allow: present, writable, user if the page was.
 *
 * Hint 1: frame_alloc(FRAME_PAGE_TABLE, 0): you fill all of it, nobody has to clear it.
 * Hint 2: a table's frame counts its entries that are not zero (frame->entries).  How many are yours?
 * Hint 3: what changes *entry comes last: until then the processor uses the large page.
 */
static int page_split(page_entry *entry, unsigned level)
{
	exercise("page_split");
}
