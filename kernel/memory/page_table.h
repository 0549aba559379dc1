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
 * Locks: the caller's (address_space->tables_lock for user halves; kernel_map.c's lock or boot
 * for the kernel half).  Nothing here flushes the TLB except where said.
 */
#pragma once

#include "memory/frame_allocator.h"

typedef uint64_t page_entry;

/* Bits of an entry (SDM vol. 3, table 4-20). */
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

/* What a processor without NX must not see is left out. */
static inline page_entry page_flags(page_entry flags)
{
	return cpu_features.nx ? flags : flags & ~PAGE_NX;
}

/* ---- tables and single entries (page_table.c) ---- */

/* A new root with an empty user half; 0: no memory. */
physical_address page_table_create(void);
/* Frees the root and every table of the user half; entries' frames are the caller's business. */
void page_table_destroy(physical_address root);
/* Freed tables are all zeros and so are kept for the next creation; gives them back.  For
 * reclaim and the tests' accounts.  Returns frames freed. */
size_t page_table_shrink(void);

/* The level-1 entry for `address`, building tables on the way; NULL: no memory. */
page_entry *page_table_walk_create(physical_address root, uint64_t address);
/* The same for level 2 or 3; NULL also where a large page is in the way. */
page_entry *page_table_walk_level(physical_address root, uint64_t address, unsigned level);
/*
 * The entry that decides for `address`: level 1, or on the way the large or absent one (*level: 1,
 * 2, 3 or 4).
 */
page_entry *page_table_walk(physical_address root, uint64_t address, unsigned *level);

/* Sets an absent entry, of any level, or clears a present one, and keeps its table's count. */
static inline struct frame *page_entry_table(const page_entry *entry)
{
	return frame_of(physical_of((const void *)((uint64_t)entry & PAGE_MASK)));
}
static inline void page_entry_set(page_entry *entry, page_entry value)
{
	debug_assert(!*entry && value); /* to overwrite one would lose a count */
	*entry = value;
	page_entry_table(entry)->entries++;
}
static inline page_entry page_entry_clear(page_entry *entry)
{
	page_entry was = *entry;

	debug_assert(was && page_entry_table(entry)->entries);
	*entry = 0;
	page_entry_table(entry)->entries--;
	return was;
}

/* The first entry at or after `i` that is not 0, below `count`; or `count`. */
size_t page_entries_next(const page_entry *entries, size_t i, size_t count);

/* The first address in [start, end) that a table of the lowest level covers, or `end`: what makes
 * a huge area that was hardly touched cheap. */
user_address page_table_skip(physical_address root, user_address start, user_address end);

/* For address_space's walks: visits each level-1 table that exists in [start, end) of the user
 * half.  `visit` gets the entry for `address` and how many entries follow within the range. */
void page_table_for_each(physical_address root, user_address start, user_address end,
			 void (*visit)(page_entry *entries, user_address address, size_t count,
				       void *data),
			 void *data);
/* How many tables the user half has, without the root; visits all but those of level 1. */
uint64_t page_table_count(physical_address root);
/* Frees the tables that became empty in [start, end); their entries' TLB flush is done. */
void page_table_prune(physical_address root, uint64_t start, uint64_t end);

/* Why an access failed, for reports: "write to a read-only page" ... */
const char *page_fault_reason(uint32_t error);

/* ---- ranges (page_range.c) ---- */

/* The physical address that `address` translates to, and the rights; false: not mapped.
 * PAGE_WRITE and PAGE_USER are set if every level allows it, PAGE_NX if any level forbids. */
bool page_table_translate(physical_address root, uint64_t address, physical_address *to,
			  uint64_t *flags);

/* Maps `bytes` (of pages of the largest size that alignment allows up to `largest`: PAGE_SIZE,
 * 2 MiB or 1 GiB) from `address` to `to`.  0, -ENOMEM or -EEXIST (nothing stays mapped). */
int page_table_map(physical_address root, uint64_t address, physical_address to, uint64_t bytes,
		   uint64_t flags, uint64_t largest);
/* Clears what is mapped there, splits large pages at the ends, frees tables that became empty, and
 * flushes.  0; -ENOMEM: a large page could not be split, and nothing has changed. */
int page_table_unmap(physical_address root, uint64_t address, uint64_t bytes);
/* Changes rights (PAGE_WRITE, PAGE_USER, PAGE_NX) of what is mapped there, and flushes.  As
 * above. */
int page_table_protect(physical_address root, uint64_t address, uint64_t bytes, uint64_t flags);

#define PAGE_2M (1UL << 21)
#define PAGE_1G (1UL << 30)
static inline uint64_t page_level_bytes(unsigned level) /* what one entry of a level covers */
{
	return 1UL << (PAGE_SHIFT + 9 * (level - 1));
}

/* ---- the kernel's half (kernel_map.c) ---- */

extern physical_address kernel_root; /* the kernel's own table: what idle runs on */
extern bool kernel_half_complete;    /* no top-level entry of it may be added any more */

#define DEVICE_RANGE 0xffffd00000000000UL /* device_map()'s */

/* Replaces boot.S's coarse direct map by the final one: all RAM, no page of it executable, the
 * aliases of the image's code and constants read-only, devices below 4 GiB uncached. */
void page_tables_init(void);
/* An uncached mapping of device memory, never undone; NULL: no memory. */
volatile void *device_map(physical_address at, uint64_t bytes);
/* Maps one page of the kernel half that is mapped to nothing, or unmaps it (flushing). */
int kernel_page_map(uint64_t address, physical_address to, uint64_t flags);
void kernel_page_unmap(uint64_t address);
