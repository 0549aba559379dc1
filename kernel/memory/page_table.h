/* SPDX-License-Identifier: MIT */
/*
 * page_table.h - 4-level page tables (SDM vol. 3, 4.5): an address is a path of 9-bit indexes,
 * rights are the AND along it.
 *
 * A table is known by its root's physical address.  The kernel half (entries 256-511) of every
 * root is a copy of the kernel's, filled completely before the first process exists and never
 * changed after, so that no process can have a stale one.  Tables below the user half belong to
 * one address space and are freed when they become empty (their frame counts present entries).
 *
 * Locks: the caller's (address_space->tables_lock for user halves; boot or the kernel_tables lock
 * in page_table.c for the kernel half).  Nothing here flushes the TLB except where said.
 */
#pragma once

#include "memory/frame_allocator.h"

typedef uint64_t page_entry;

/* Bits of an entry (SDM vol. 3, table 4-19). */
#define PAGE_PRESENT  0x001UL
#define PAGE_WRITE    0x002UL
#define PAGE_USER     0x004UL
#define PAGE_WRITE_THROUGH 0x008UL
#define PAGE_UNCACHED 0x010UL
#define PAGE_ACCESSED 0x020UL
#define PAGE_DIRTY    0x040UL
#define PAGE_LARGE    0x080UL /* in a level 2 or 3 entry: maps 2 MiB or 1 GiB */
#define PAGE_GLOBAL   0x100UL
#define PAGE_NX	      (1UL << 63) /* never set where the processor lacks it: use page_flags() */
#define PAGE_ADDRESS  0x000ffffffffff000UL

static inline physical_address page_entry_address(page_entry entry)
{
	return entry & PAGE_ADDRESS;
}

extern physical_address kernel_root; /* the kernel's own table: what idle runs on */

/* A new root with an empty user half; 0: no memory. */
physical_address page_table_create(void);
/* Frees the root and every table of the user half; entries' frames are the caller's business. */
void page_table_destroy(physical_address root);

/* The level-1 entry for `address`, building tables on the way; NULL: no memory. */
page_entry *page_table_walk_create(physical_address root, uint64_t address);
/*
 * The entry that decides for `address`: level 1, or the large one on the way (*level: 1, 2 or 3).
 * NULL when a table on the path is absent.
 */
page_entry *page_table_walk(physical_address root, uint64_t address, unsigned *level);
/* The physical address that `address` translates to, and the rights; false: not mapped. */
bool page_table_translate(physical_address root, uint64_t address, physical_address *to,
			  uint64_t *flags);

/* Maps `bytes` (of pages of the largest size that alignment allows up to `largest`: PAGE_SIZE,
 * 2 MiB or 1 GiB) from `address` to `to`.  0, -ENOMEM (nothing stays mapped), -EEXIST. */
int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest);
/* Clears entries, splits large pages at the ends, frees tables that became empty, and flushes. */
int page_table_unmap(physical_address root, uint64_t address, uint64_t bytes);
/* Changes rights (PAGE_WRITE, PAGE_USER, PAGE_NX) of what is mapped there, and flushes. */
int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags);

/* For address_space's walks: visits each level-1 table that exists in [start, end) of the user half.
 * `visit` gets the entry for `address` and how many entries follow within the range. */
void page_table_for_each(physical_address root, user_address start, user_address end,
			 void (*visit)(page_entry *entries, user_address address, size_t count,
				       void *data),
			 void *data);
/* Sets / clears a level-1 entry and keeps the count of its table. `entry` must be absent / present. */
void page_entry_set(page_entry *entry, page_entry value);
page_entry page_entry_clear(page_entry *entry);
/* Frees the tables of the user half that became empty in [start, end); after the TLB flush. */
void page_table_prune(physical_address root, user_address start, user_address end);

/* Why an access failed, for reports: "write to read-only page" ... */
const char *page_fault_reason(uint32_t error);
