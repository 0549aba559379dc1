/* SPDX-License-Identifier: MIT */
/* in memory/address_space.c */
/*
 * address_space_activate - from now on the processor translates addresses by this space's tables.
 *
 * NULL: a kernel task, which touches no user memory; whatever is loaded may stay.  Loading CR3 throws
 * away what the TLB knows (SDM vol. 3, 4.10.4.1), global entries aside; do not do it for nothing.
 *
 * Why does this line not pull the code out from under the processor's feet?
 *
 * Hint: page_table_loaded(), page_table_load() (arch/arch.h).
 */
void address_space_activate(struct address_space *space)
{
	exercise("address_space_activate");
}
