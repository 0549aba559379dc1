/* SPDX-License-Identifier: MIT */
/*
 * Tables are loaded only when the kernel's own are in force.
 *
 * symptom: the second program runs in the memory of the first
 * fails: spaces_apart
 * see: An address space
 */
/* in memory/address_space.c */
void address_space_activate(struct address_space *space)
{
	if (space && page_table_loaded() == kernel_root)
		page_table_load(space->root);
}
