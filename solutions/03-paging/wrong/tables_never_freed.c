/* SPDX-License-Identifier: MIT */
/*
 * Empty tables stay where they are until the address space ends.
 *
 * symptom: memory goes away while a program maps and unmaps
 * fails: walk_random unmap_frees
 * see: Unmapping: clear, flush, free
 */
/* in memory/page_table.c */
void page_table_prune(physical_address root, uint64_t start, uint64_t end)
{
	(void)root, (void)start, (void)end;
}
