/* SPDX-License-Identifier: MIT */
/* in memory/page_table.c */
/*
 * page_table_walk - the entry that decides for `address`, and in *level the level of its table.
 *
 * It is the first on the way that leads to no further table: the entry of level 1, or above it a large
 * page or an absent entry.  Nothing is changed.  Nearly everything else here begins with this walk;
 * the boot does so too: with a wrong one the kernel dies when it loads the new root.
 *
 * Hint 1: entry_in() finds the entry of a table for an address, is_table() says whether it goes on.
 * Hint 2: you return a pointer into the table, since the caller will write there.
 */
page_entry *page_table_walk(physical_address root, uint64_t address, unsigned *level)
{
	exercise("page_table_walk");
}
