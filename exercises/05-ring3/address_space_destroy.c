/* SPDX-License-Identifier: MIT */
/* in memory/address_space.c */
/*
 * address_space_destroy - the last owner has gone: pages, areas, tables and the object are free.
 *
 * This space may be loaded at this moment: by the task that exits, or by a kernel task that left it
 * loaded.  Its tables must not be in force when their frames have a new owner.  kernel_root is a root
 * that maps the kernel and nothing else.
 *
 * Hint 1: areas_leave() unmaps every area's pages and frees the areas; page_table_destroy() frees the
 *	tables.  Neither may be called for tables that are loaded.
 * Hint 2: what must be 0 when no page is left?  Assert it: total_pages, resident[].
 * Hint 3: space->executable, if there is one, is a counted file: area_file_put().
 */
static void address_space_destroy(struct address_space *space)
{
	exercise("address_space_destroy");
}
