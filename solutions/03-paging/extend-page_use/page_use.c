/* SPDX-License-Identifier: MIT */
/* new in memory/page_use.c */
/*
 * page_use.c - which pages were used: the processor's marks in the entries (SDM vol. 3A, 4.8).
 *
 * It sets ACCESSED in an entry when it fills its TLB from it, DIRTY when it first writes through it, and clears
 * neither.  So who clears must flush as well: as long as the translation is remembered, the entry is not looked
 * at, and the next use would leave no mark.  The exchange is atomic, for the processor sets a mark with a
 * locked access of its own: what it set in between is in the value that we get.
 *
 * Locks: the caller's, as in page_range.c.
 */
#include "memory/page_table.h"

/* Of a look at a range. */
static void entry_look(page_entry *entry, uint64_t address, uint64_t pages, uint64_t *accessed,
		       uint64_t *dirty)
{
	page_entry was;

	if (!(*entry & PAGE_PRESENT) || !(*entry & (PAGE_ACCESSED | PAGE_DIRTY)))
		return; /* nothing to clear, so nothing is remembered */
	was = __atomic_fetch_and(entry, ~(PAGE_ACCESSED | PAGE_DIRTY), __ATOMIC_RELAXED);
	tlb_flush_page(address);
	*accessed += was & PAGE_ACCESSED ? pages : 0;
	*dirty += was & PAGE_DIRTY ? pages : 0;
}

/* As far as one entry reaches, and that of an absent table far: so the cost goes with what is mapped. */
void page_table_use(physical_address root, uint64_t address, uint64_t bytes, uint64_t *accessed,
		    uint64_t *dirty);
void page_table_use(physical_address root, uint64_t address, uint64_t bytes, uint64_t *accessed,
		    uint64_t *dirty)
{
	assert(!((address | bytes) & ~PAGE_MASK));
	*accessed = *dirty = 0;
	while (bytes) {
		unsigned level;
		page_entry *entry = page_table_walk(root, address, &level);
		uint64_t step = page_level_bytes(level) - (address & (page_level_bytes(level) - 1));

		step = min(step, bytes);
		entry_look(entry, address, step >> PAGE_SHIFT, accessed, dirty);
		address += step;
		bytes -= step;
	}
}
