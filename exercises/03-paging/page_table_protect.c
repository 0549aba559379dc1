/* SPDX-License-Identifier: MIT */
/* in memory/page_range.c */
/*
 * page_table_protect - what is mapped in [address, address + bytes) gets these rights; 0 or -ENOMEM.
 *
 * The rights are PAGE_WRITE, PAGE_USER and PAGE_NX (PAGE_RIGHTS), given and taken; all other bits of an
 * entry stay, and what is not mapped stays so.  As in page_table_unmap() only the two ends can fail, and
 * come first; and the processor remembers rights together with the address.
 *
 * Hint 1: the walk and the steps are those of page_table_unmap().
 * Hint 2: page_flags() leaves out PAGE_NX on a processor that has none.
 */
int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags)
{
	exercise("page_table_protect");
}
