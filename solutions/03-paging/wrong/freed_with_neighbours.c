/* SPDX-License-Identifier: MIT */
/*
 * A table goes with the page that is unmapped, whoever else is in it.
 *
 * symptom: unmapping one page unmaps 2 MiB, or 512 GiB
 * fails: translate_inside map_no_memory unmap_frees
 * see: Unmapping: clear, flush, free
 */
/* in memory/page_table.c */
static void table_prune(physical_address table, unsigned level, uint64_t start, uint64_t end,
			bool flush)
{
	while (start != end) {
		page_entry *entry = entry_in(table, start, level);
		uint64_t next = covered_end(start, end, level);

		if (is_table(*entry, level)) {
			struct frame *below = frame_of(page_entry_address(*entry));

			if (level > 2)
				table_prune(page_entry_address(*entry), level - 1, start, next,
					    flush);
			if (!(level == ROOT_LEVEL && start >= USER_END)) {
				page_entry_clear(entry);
				if (flush) /* the processor may remember the way */
					tlb_flush_page(start);
				table_free(below);
			}
		}
		start = next;
	}
}
