/* SPDX-License-Identifier: MIT */
/* in arch/image.c */
/*
 * page_rights - the bits of the page-table entry for the image's page at virtual address `at`.
 *
 * The image's parts in their order: code up to text_end, constants up to rodata_end, data up to
 * data_end, and the table of symbols behind it, constant too.  No page may be both writable and
 * executable.  Page-table entries: SDM vol. 3, 4.5.4, table 4-20; bit 63 forbids execution, but it
 * is reserved (a fault when set) on a processor without cpu_features.nx.
 * One page has no entry at all, 0: boot_stack_guard, so that the boot stack cannot grow into data.
 *
 * Hint 1: the linker's symbols are arrays: (uint64_t)text_end is the address.
 * Hint 2: ask in the order of the addresses, and return as soon as you know.
 */
static uint64_t page_rights(uint64_t at)
{
	exercise("page_rights");
}
