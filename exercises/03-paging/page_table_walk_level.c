/* SPDX-License-Identifier: MIT */
/* in memory/page_table.c */
/*
 * page_table_walk_level - the entry of `level` for `address`, with the tables that are missing.
 *
 * entry_grow() hangs a new, empty table below an absent entry; false: there is no memory.  Then NULL,
 * and the tables that this call has made so far are freed again: page_table_prune() frees those that
 * are empty on the way to a range.  NULL as well when a large page is in the way.
 *
 * Hint 1: how many times do you go down from ROOT_LEVEL to `level`?
 * Hint 2: look at the entry three times: absent? large? then it is a table.
 * Parsons: put in order - entry = entry_in(root, address, ROOT_LEVEL) / entry = entry_in(
 *	page_entry_address(*entry), address, at - 1) / if (*entry & PAGE_LARGE) return NULL / if (!*entry
 *	&& !entry_grow(entry, address, at)) { prune; return NULL; } / for (at = ROOT_LEVEL; at > level;
 *	at--) / return entry
 */
page_entry *page_table_walk_level(physical_address root, uint64_t address, unsigned level)
{
	exercise("page_table_walk_level");
}
