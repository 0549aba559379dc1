/* SPDX-License-Identifier: MIT */
/*
 * space_fork.c - fork's copy of an address space: the same areas, and the same frames until one
 * side writes.
 *
 * Only entries of private frames are copied, because nothing else could bring those back; pages
 * of a cache and the zero page come again by fault.  Both sides lose the right to write, so that
 * the first write of either makes a copy (anonymous.c).  Then the parent's TLB is flushed once.
 *
 * When memory runs out in the midst, the child is taken apart as any dead space is.  The parent
 * keeps all it had; where it lost the right to write, the next write finds a sole owner.
 */
#include "memory/area.h"

#include "lib/string.h"

struct copy {
	struct address_space *to;
	bool wrote_protected; /* the parent's TLB may know better rights */
	bool failed;
};

/* For page_table_for_each(): the entries of one of the parent's level-1 tables. */
static void copy_entries(page_entry *from, user_address address, size_t count, void *data)
{
	struct copy *copy = data;
	uint64_t copied = 0, left = page_entry_table(from)->entries;
	page_entry *to = NULL;

	for (size_t i = 0; left && (i = page_entries_next(from, i, count)) < count; i++, left--) {
		page_entry entry = from[i];
		struct frame *frame = frame_of(page_entry_address(entry));

		if (frame->kind != FRAME_ANONYMOUS)
			continue;
		if (!to) {
			to = page_table_walk_create(copy->to->root, address);
			if (!to) {
				copy->failed = true;
				return;
			}
		}
		if (entry & PAGE_WRITE) {
			entry &= ~PAGE_WRITE;
			from[i] = entry;
			copy->wrote_protected = true;
		}
		frame_get(frame);
		to[i] = entry;
		copied++;
	}
	if (copied) {
		page_entry_table(to)->entries += copied;
		copy->to->resident[0] += copied;
	}
}

static void copy_pages(struct copy *copy, struct address_space *from, const struct area *area)
{
	uint64_t interrupts = spinlock_acquire(&from->tables_lock);

	page_table_for_each(from->root, area->start, area->end, copy_entries, copy);
	spinlock_release(&from->tables_lock, interrupts);
}

static bool copy_area(struct copy *copy, struct area *from)
{
	struct area *area;

	if (from->flags & AREA_DONT_FORK)
		return true;
	area = area_alloc();
	if (!area)
		return false;
	area->space = copy->to;
	area->start = from->start;
	area->end = from->end;
	area->flags = from->flags & ~(AREA_LOCKED | AREA_LOCK_ON_FAULT);
	area->ops = from->ops;
	area->cache = from->cache;
	area->offset = from->offset;
	area->file = from->file;
	area_enter(area);
	if (!(from->flags & (AREA_SHARED | AREA_WIPE_ON_FORK)))
		copy_pages(copy, from->space, from);
	return !copy->failed;
}

static void copy_marks(struct address_space *to, const struct address_space *from)
{
	to->brk_start = from->brk_start;
	to->brk_end = from->brk_end;
	to->mmap_top = from->mmap_top;
	to->stack_top = from->stack_top;
	to->code_start = from->code_start;
	to->code_end = from->code_end;
	to->data_start = from->data_start;
	to->data_end = from->data_end;
	to->argument_start = from->argument_start;
	to->argument_end = from->argument_end;
	to->environment_start = from->environment_start;
	to->environment_end = from->environment_end;
	memcpy(to->auxv, from->auxv, sizeof(to->auxv));
	to->undumpable = from->undumpable;
	to->executable = from->executable;
	if (to->executable)
		area_file_get(to->executable);
}

/* Both locks are held for writing; the child's only because area_enter() insists. */
static bool copy_areas(struct address_space *to, struct address_space *from)
{
	struct copy copy = { .to = to };
	bool done = true;

	for (struct area *area = area_first(from); area && done; area = area_next(area))
		done = copy_area(&copy, area);
	if (copy.wrote_protected && from->root == page_table_loaded())
		tlb_flush_all();
	return done;
}

struct address_space *address_space_fork(struct address_space *from)
{
	struct address_space *to = address_space_create();
	bool done;

	if (!to)
		return NULL;
	rwlock_write_acquire(&from->lock);
	rwlock_write_acquire(&to->lock);
	copy_marks(to, from);
	done = copy_areas(to, from);
	rwlock_write_release(&to->lock);
	rwlock_write_release(&from->lock);
	if (!done) {
		address_space_put(to);
		return NULL;
	}
	return to;
}
