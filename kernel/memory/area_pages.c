/* SPDX-License-Identifier: MIT */
/*
 * area_pages.c - the pages that areas have in the page tables: removing them and changing rights.
 *
 * Every removal has the same three steps, and their order is what makes it safe: clear the
 * entries, flush what the processor remembers of them, and only then free the frames; in
 * between, a frame that nobody else owns waits on the gather's chain.  The tables are
 * locked for one level-1 table (2 MiB) at a time.
 *
 * Why the order matters: a frame that was freed before the flush could be somebody else's page
 * table while this program still writes to it through the TLB. Other processors would have to be
 * told as well; on the one there is, a space that is not loaded has nothing in the TLB.
 *
 * Locks: the area lock at least for reading, so that ops do not go away; tables_lock around every
 * change of an entry. pages_unmap_cached() is the exception: truncation calls it for spaces of
 * others, with the cache's areas_lock instead, which keeps the area and its borders in place.
 *
 * PAGE_ACCESSED and PAGE_DIRTY are set from the start: nothing here reads them, and the processor
 * so never needs a locked write to set them (SDM vol. 3, 4.8).
 */
#include "memory/area.h"

#include "abi/errno.h"

#define FLUSH_PAGES_MAX 32 /* more pages are flushed by reloading the root */

struct gather {
	struct address_space *space;
	struct frame *chain;	/* frames to free, by link.next */
	uint64_t cleared;	/* entries */
	bool tables_empty;	/* some level-1 table holds nothing any more */
	bool cached_only;	/* private copies stay */
};

page_entry area_page_flags(const struct area *area, bool writable)
{
	page_entry flags = PAGE_USER | PAGE_ACCESSED;

	/* PROT_NONE keeps the frame without PAGE_PRESENT, so that mprotect can bring it back. */
	if (area->flags & AREA_PROTECTION)
		flags |= PAGE_PRESENT;
	if (writable && (area->flags & AREA_WRITE))
		flags |= PAGE_WRITE | PAGE_DIRTY;
	if (!(area->flags & AREA_EXECUTE))
		flags |= PAGE_NX;
	return page_flags(flags);
}

static void gather_frame(struct gather *gather, struct frame *frame)
{
	debug_assert(frame == zero_frame || frame->count);
	/* It is never counted: neither here nor where it was mapped. */
	if (frame == zero_frame)
		return;
	gather->space->resident[frame->kind != FRAME_ANONYMOUS]--;
	/* Others keep it alive, so it cannot be given away before the flush: its count may go
	 * now. */
	if (frame->count > 1) {
		frame_put(frame);
		return;
	}
	/* Last owner. Its link is free for our use: only frames of a cache's or slab's list use
	 * it. */
	frame->link.next = (struct list *)gather->chain;
	gather->chain = frame;
}

/* For page_table_for_each(): clears the entries of one table. */
static void gather_entries(page_entry *entries, user_address address, size_t count, void *data)
{
	struct gather *gather = data;
	struct frame *table = page_entry_table(entries);

	for (size_t i = 0; table->entries && (i = page_entries_next(entries, i, count)) < count;
	     i++) {
		struct frame *frame = frame_of(page_entry_address(entries[i]));

		if (gather->cached_only && frame->kind == FRAME_ANONYMOUS)
			continue;
		entries[i] = 0;
		table->entries--;
		gather->cleared++;
		gather_frame(gather, frame);
	}
	gather->tables_empty |= table->entries == 0;
}

static void gather_range(struct gather *gather, user_address start, user_address end)
{
	struct address_space *space = gather->space;

	/* VmHWM (proc(5)): resident only falls here, so here is where a peak can be noted. */
	space->peak_resident = address_space_peak(space);
	while (start < end) {
		uint64_t interrupts = spinlock_acquire(&space->tables_lock);
		user_address next;

		start = page_table_skip(space->root, start, end);
		next = min(end, round_down(start, PAGE_2M) + PAGE_2M);
		page_table_for_each(space->root, start, next, gather_entries, gather);
		spinlock_release(&space->tables_lock, interrupts);
		start = next;
	}
}

static void flush_range(struct address_space *space, user_address start, user_address end)
{
	if (space->root != page_table_loaded())
		return; /* loading it will flush */
	/* An INVLPG costs some hundred cycles; beyond a few dozen, refilling the TLB is cheaper. */
	if (end - start > FLUSH_PAGES_MAX * PAGE_SIZE) {
		tlb_flush_all();
		return;
	}
	for (; start < end; start += PAGE_SIZE)
		tlb_flush_page(start);
}

static void gather_free(struct gather *gather)
{
	struct frame *frame = gather->chain;

	while (frame) {
		struct frame *next = (struct frame *)frame->link.next;

		frame_put(frame);
		frame = next;
	}
}

static void unmap(struct gather *gather, user_address start, user_address end)
{
	gather_range(gather, start, end);
	if (gather->cleared)
		flush_range(gather->space, start, end);
	gather_free(gather);
}

static void prune(struct gather *gather, user_address start, user_address end)
{
	struct address_space *space = gather->space;
	uint64_t interrupts;

	if (!gather->tables_empty)
		return;
	interrupts = spinlock_acquire(&space->tables_lock);
	page_table_prune(space->root, start, end);
	spinlock_release(&space->tables_lock, interrupts);
}

void pages_unmap(struct address_space *space, user_address start, user_address end)
{
	struct gather gather = { .space = space };

	assert(rwlock_held(&space->lock));
	unmap(&gather, start, end);
}

void pages_unmap_and_prune(struct address_space *space, user_address start, user_address end)
{
	struct gather gather = { .space = space };

	assert(rwlock_write_held(&space->lock));
	unmap(&gather, start, end);
	prune(&gather, start, end);
}

void pages_unmap_cached(struct address_space *space, user_address start, user_address end, bool all)
{
	struct gather gather = { .space = space, .cached_only = !all };

	unmap(&gather, start, end);
}

void pages_unmap_dead(struct address_space *space, user_address start, user_address end)
{
	struct gather gather = { .space = space };

	assert(space->root != page_table_loaded());
	gather_range(&gather, start, end);
	gather_free(&gather);
	prune(&gather, start, end);
}

/* ---- rights ---- */

static void protect_entries(page_entry *entries, user_address address, size_t count, void *data)
{
	page_entry flags = *(page_entry *)data;

	for (size_t i = 0; i < count; i++)
		if (entries[i])
			/* Without PAGE_WRITE, even where the area allows it: a frame may be shared
			 * by fork or belong to a file's cache, and only the fault can tell. */
			entries[i] = (entries[i] & (PAGE_ADDRESS | PAGE_DIRTY)) | flags;
}

/* Who gets the right to write gets it page by page, at the next fault. */
void pages_protect(struct area *area, user_address start, user_address end)
{
	page_entry flags = area_page_flags(area, false);
	struct address_space *space = area->space;

	debug_assert(rwlock_write_held(&space->lock) && area->start <= start && end <= area->end);
	for (user_address at = start, next; at < end; at = next) {
		uint64_t interrupts = spinlock_acquire(&space->tables_lock);

		at = page_table_skip(space->root, at, end);
		next = min(end, round_down(at, PAGE_2M) + PAGE_2M);
		page_table_for_each(space->root, at, next, protect_entries, &flags);
		spinlock_release(&space->tables_lock, interrupts);
	}
	flush_range(space, start, end);
}

/* ---- entries ---- */

page_entry *area_entry(struct area *area, user_address address)
{
	struct address_space *space = area->space;
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	page_entry *entry = page_table_walk_create(space->root, address);

	spinlock_release(&space->tables_lock, interrupts);
	return entry;
}

void area_install_at(struct area *area, page_entry *entry, struct frame *frame, bool writable)
{
	struct address_space *space = area->space;
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	bool absent = !*entry;

	debug_assert(frame->count && !(frame == zero_frame && writable));

	if (likely(absent)) {
		page_entry_set(entry, frame_physical(frame) | area_page_flags(area, writable));
		space->resident[frame->kind != FRAME_ANONYMOUS]++;
	}
	spinlock_release(&space->tables_lock, interrupts);
	if (!absent)
		frame_put(frame); /* another fault was faster */
}

int area_install(struct area *area, user_address address, struct frame *frame, bool writable)
{
	page_entry *entry = area_entry(area, address);

	if (!entry) {
		frame_put(frame);
		return -ENOMEM;
	}
	area_install_at(area, entry, frame, writable);
	return 0;
}
