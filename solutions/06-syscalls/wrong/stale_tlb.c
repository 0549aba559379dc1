/* SPDX-License-Identifier: MIT */
/*
 * Entries are cleared and frames freed, but the processor is not told.
 *
 * symptom: a page that was unmapped can be read and written as long as it is used often
 * fails: copy_edge break unmap protect_write
 * see: Pages, the TLB, and only then the frames
 */
/* in memory/area_pages.c */
static void flush_range(struct address_space *space, user_address start, user_address end)
{
}
