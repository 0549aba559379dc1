/* SPDX-License-Identifier: MIT */
/*
 * page_table.c - tables and the way through them.
 *
 * A table is one frame of 512 entries; its descriptor counts the entries that are not zero.  A
 * table that counts none is all zeros, and that is what a new table must be: so freed tables are
 * kept, up to a few, and a process that starts after another has ended clears nothing.  Roots are
 * kept apart, with the kernel's half in place.
 *
 * Rights are given by leaves alone: entries that point to tables allow everything (in the user
 * half) or everything but user access (in the kernel's).
 */
#include "memory/page_table.h"

#include "lib/string.h"
#include "lock/spinlock.h"

#define ENTRIES	   512
#define USER_ROOTS 256 /* entries of a root that are the user half */
#define ROOT_LEVEL 4

/* ---- spare tables ---- */

#define SPARE_ROOM 64
struct spare_tables {
	unsigned count;
	struct frame *frames[SPARE_ROOM];
};

static struct spinlock spare_lock;
static struct spare_tables spare_tables, spare_roots; /* guarded by spare_lock */

static struct frame *spare_pop(struct spare_tables *spare)
{
	uint64_t interrupts = spinlock_acquire(&spare_lock);
	struct frame *frame = spare->count ? spare->frames[--spare->count] : NULL;

	spinlock_release(&spare_lock, interrupts);
	return frame;
}

static void spare_push(struct spare_tables *spare, struct frame *frame)
{
	uint64_t interrupts = spinlock_acquire(&spare_lock);
	bool kept = spare->count < SPARE_ROOM;

	if (kept)
		spare->frames[spare->count++] = frame;
	spinlock_release(&spare_lock, interrupts);
	if (!kept)
		frame_put(frame);
}

size_t page_table_shrink(void)
{
	size_t freed = 0;
	struct frame *frame;

	while ((frame = spare_pop(&spare_tables)) || (frame = spare_pop(&spare_roots))) {
		frame_put(frame);
		freed++;
	}
	return freed;
}

/* All zeros, count of entries 0; NULL: no memory. */
static struct frame *table_alloc(void)
{
	struct frame *frame = spare_pop(&spare_tables);

	if (!frame) {
		frame = frame_alloc(FRAME_PAGE_TABLE, FRAME_ZERO);
		if (frame)
			frame->entries = 0;
		return frame;
	}
	if (!allocation_fails())
		return frame;
	spare_push(&spare_tables, frame);
	return NULL;
}

static void table_free(struct frame *frame)
{
	if (frame->entries == 0)
		spare_push(&spare_tables, frame);
	else
		frame_put(frame);
}

/* ---- walks ---- */

static unsigned index_at(uint64_t address, unsigned level)
{
	return address >> (PAGE_SHIFT + 9 * (level - 1)) & (ENTRIES - 1);
}

static page_entry *entry_in(physical_address table, uint64_t address, unsigned level)
{
	return (page_entry *)direct_map(table) + index_at(address, level);
}

static bool is_table(page_entry entry, unsigned level)
{
	return level > 1 && (entry & (PAGE_PRESENT | PAGE_LARGE)) == PAGE_PRESENT;
}

page_entry *page_table_walk(physical_address root, uint64_t address, unsigned *level)
{
	page_entry *entry = entry_in(root, address, *level = ROOT_LEVEL);

	while (is_table(*entry, *level)) {
		--*level;
		entry = entry_in(page_entry_address(*entry), address, *level);
	}
	return entry;
}

/* Hangs a new table below an absent entry. */
static bool entry_grow(page_entry *entry, uint64_t address, unsigned level)
{
	page_entry user = address < USER_END ? PAGE_USER : 0;
	struct frame *table;

	assert(user || level < ROOT_LEVEL || !kernel_half_complete);
	table = table_alloc();
	if (!table)
		return false;
	page_entry_set(entry, frame_physical(table) | PAGE_PRESENT | PAGE_WRITE | user);
	return true;
}

page_entry *page_table_walk_level(physical_address root, uint64_t address, unsigned level)
{
	page_entry *entry = entry_in(root, address, ROOT_LEVEL);

	for (unsigned at = ROOT_LEVEL; at > level; at--) {
		if (!*entry && !entry_grow(entry, address, at)) {
			page_table_prune(root, address, address + 1);
			return NULL;
		}
		if (*entry & PAGE_LARGE)
			return NULL;
		entry = entry_in(page_entry_address(*entry), address, at - 1);
	}
	return entry;
}

page_entry *page_table_walk_create(physical_address root, uint64_t address)
{
	unsigned level;
	page_entry *entry = page_table_walk(root, address, &level);

	return likely(level == 1) ? entry : page_table_walk_level(root, address, 1);
}

/* Where the range that one entry of `level` covers ends, or `end` if that comes first. */
static uint64_t covered_end(uint64_t address, uint64_t end, unsigned level)
{
	uint64_t next = round_down(address, page_level_bytes(level)) + page_level_bytes(level);

	return next - 1 < end - 1 ? next : end; /* either may be 0: the top of the address space */
}

/* Tables are mostly empty: eight entries are looked at in one go. */
size_t page_entries_next(const page_entry *entries, size_t i, size_t count)
{
	while (i < count && !entries[i]) {
		const page_entry *e = entries + ++i;

		while (i + 8 <= count && !(e[0] | e[1] | e[2] | e[3] | e[4] | e[5] | e[6] | e[7])) {
			i += 8;
			e += 8;
		}
	}
	return i;
}

user_address page_table_skip(physical_address root, user_address start, user_address end)
{
	unsigned level;

	while (start < end && (page_table_walk(root, start, &level), level > 1))
		start = covered_end(start, end, level);
	return start;
}

void page_table_for_each(physical_address root, user_address start, user_address end,
			 void (*visit)(page_entry *, user_address, size_t, void *), void *data)
{
	while (start < end) {
		unsigned level;
		page_entry *entry = page_table_walk(root, start, &level);
		user_address next = covered_end(start, end, level > 1 ? level : 2);

		if (level == 1)
			visit(entry, start, (next - start) >> PAGE_SHIFT, data);
		start = next;
	}
}

/* In the first `count` entries of a table and below: the tables there, itself not counted. */
static uint64_t tables_below(physical_address table, unsigned level, size_t count)
{
	const page_entry *entries = direct_map(table);
	uint64_t found = 0;

	for (size_t i = 0; (i = page_entries_next(entries, i, count)) < count; i++) {
		if (!is_table(entries[i], level))
			continue;
		found++;
		if (level > 2)
			found += tables_below(page_entry_address(entries[i]), level - 1, ENTRIES);
	}
	return found;
}

uint64_t page_table_count(physical_address root)
{
	return tables_below(root, ROOT_LEVEL, USER_ROOTS);
}

/* ---- freeing ---- */

static bool root_is_loaded(physical_address root)
{
	return root == page_table_loaded();
}

/* In the part [start, end) that the table covers: frees the tables below it that are empty. */
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
			if (below->entries == 0 && !(level == ROOT_LEVEL && start >= USER_END)) {
				page_entry_clear(entry);
				if (flush) /* the processor may remember the way */
					tlb_flush_page(start);
				table_free(below);
			}
		}
		start = next;
	}
}

void page_table_prune(physical_address root, uint64_t start, uint64_t end)
{
	table_prune(root, ROOT_LEVEL, start, end, start >= USER_END || root_is_loaded(root));
}

static void tables_free(page_entry *entries, unsigned count, unsigned level)
{
	for (unsigned i = 0; i < count; i++) {
		if (!is_table(entries[i], level))
			continue;
		if (level > 2)
			tables_free(direct_map(page_entry_address(entries[i])), ENTRIES, level - 1);
		table_free(frame_of(page_entry_address(page_entry_clear(&entries[i]))));
	}
}

/* ---- roots: entries counts those of the user half ---- */

physical_address page_table_create(void)
{
	struct frame *root;
	page_entry *kernel;

	assert(kernel_half_complete);
	if (allocation_fails())
		return 0;
	root = spare_pop(&spare_roots);
	if (root)
		return frame_physical(root);
	root = table_alloc();
	if (!root)
		return 0;
	kernel = (page_entry *)direct_map(kernel_root) + USER_ROOTS;
	memcpy((page_entry *)frame_address(root) + USER_ROOTS, kernel,
	       (ENTRIES - USER_ROOTS) * sizeof(page_entry));
	return frame_physical(root);
}

void page_table_destroy(physical_address root)
{
	struct frame *frame = frame_of(root);

	assert(root != kernel_root && !root_is_loaded(root));
	if (frame->entries)
		tables_free(direct_map(root), USER_ROOTS, ROOT_LEVEL);
	spare_push(&spare_roots, frame);
}

const char *page_fault_reason(uint32_t error)
{
	if (error & 0x08)
		return "reserved bit set in a page table";
	if (error & 0x10)
		return error & 1 ? "execution of a page that is not executable"
				 : "execution of a page that is not present";
	if (!(error & 1))
		return error & 2 ? "write to a page that is not present"
				 : "read of a page that is not present";
	if (error & 2)
		return error & 4 ? "write to a page that is read-only or the kernel's"
				 : "write to a read-only page";
	return error & 4 ? "read of a page of the kernel" : "read of a protected page";
}
