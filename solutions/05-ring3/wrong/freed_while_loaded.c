/* SPDX-License-Identifier: MIT */
/*
 * The tables of a space are freed while the processor still walks them.
 *
 * symptom: after a program has ended, the kernel stops at an assertion - or, without it, at random
 * fails: spaces_last_put compute
 * see: An address space
 */
/* in memory/address_space.c */
static void address_space_destroy(struct address_space *space)
{
	areas_leave(space);
	page_table_destroy(space->root);
	page_table_load(kernel_root);
	slab_free(&spaces, space);
}
