/* SPDX-License-Identifier: MIT */
/*
 * anonymous.c - private memory without a file: zeros until written.
 *
 * A page that was only read maps the one zero frame, read-only; the first write gives it a frame of
 * its own.  After fork both sides map the same frames read-only, each entry with its count; the
 * first write of either copies, and who is left alone with a frame writes to it without a copy.
 *
 * Invariants: an entry with PAGE_WRITE maps a frame that nobody else owns; the zero frame is
 * never counted, never written, never reused.
 *
 * Why a zero frame: programs reserve and read far more than they write (a fresh .bss, calloc's big
 * blocks). Why FRAME_ANONYMOUS is asked for as well as count 1: a page of a file's cache that only
 * one area maps has count 1 after the cache let it go, and yet must not be written to by a private
 * mapping's owner in the midst of being truncated.
 *
 * Locks: ops->fault is called with the area lock for reading, so areas stand still, but another
 * thread may fault on the same page: every change of an entry is made, or checked again, under
 * tables_lock.
 */
#include "memory/area.h"

#include "abi/errno.h"
#include "lib/string.h"

struct frame *zero_frame;

void zero_frame_init(void)
{
	if (!zero_frame)
		zero_frame = frame_alloc(FRAME_KERNEL, FRAME_ZERO);
	assert(zero_frame);
}

static bool is_sole_owner(const struct frame *frame)
{
	return frame->kind == FRAME_ANONYMOUS && frame->count == 1;
}

/* Replaces the shared frame in `entry`, if that is still `was`, by `copy`, which it takes over. */
static void entry_replace(struct area *area, page_entry *entry, page_entry was, struct frame *copy)
{
	struct frame *old = frame_of(page_entry_address(was));
	struct address_space *space = area->space;
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);

	/* The allocation may have slept (reclaim): another thread may have made the copy, or
	 * unmapped. */
	if (*entry != was) {
		spinlock_release(&space->tables_lock, interrupts);
		frame_put(copy);
		return;
	}
	/* The copy is made under tables_lock so that no write of another thread falls between copy
	 * and exchange: while `was` is in the table it is read-only. A copy of the zero frame was
	 * asked for as zeros instead. */
	if (old != zero_frame) {
		page_copy(frame_address(copy), frame_address(old));
		space->resident[old->kind != FRAME_ANONYMOUS]--;
	}
	*entry = frame_physical(copy) | area_page_flags(area, true);
	space->resident[0]++;
	spinlock_release(&space->tables_lock, interrupts);
	if (old != zero_frame)
		frame_put(old);
}

int area_copy_on_write(struct area *area, page_entry *entry, user_address address)
{

	page_entry was = *entry;
	struct frame *old = frame_of(page_entry_address(was)), *copy;

	debug_assert(rwlock_held(&area->space->lock) && !(area->flags & AREA_SHARED));
	debug_assert(!(was & PAGE_WRITE));

	if (!was)
		return 0; /* gone meanwhile: the program will fault again */
	/* The other side of a fork has copied or gone: nothing to copy, only the right comes
	 * back. */
	if (old != zero_frame && is_sole_owner(old)) {
		*entry = page_entry_address(was) | area_page_flags(area, true);
	} else {
		copy = frame_alloc(FRAME_ANONYMOUS,
				   FRAME_MAY_RECLAIM | (old == zero_frame ? FRAME_ZERO : 0));
		if (!copy)
			return -ENOMEM;
		entry_replace(area, entry, was, copy);
	}
	/* The processor may remember the entry as read-only: adding rights would fault once more
	 * at worst, but a changed frame must never be read through the old entry. */
	tlb_flush_page(address);
	return 0;
}

static void zero_frame_map(struct area *area, page_entry *entry)
{
	uint64_t interrupts = spinlock_acquire(&area->space->tables_lock);

	if (!*entry)
		page_entry_set(entry, frame_physical(zero_frame) | area_page_flags(area, false));
	spinlock_release(&area->space->tables_lock, interrupts);
}

static int anonymous_fault(struct area *area, user_address address, unsigned access)
{
	page_entry *entry = area_entry(area, address);
	struct frame *frame;

	if (!entry)
		return -ENOMEM;
	if (*entry) {
		/* Present by now: another thread was first, or a stale TLB entry faulted (SDM vol.
		 * 3, 4.10.4.3). Only a write to a read-only page is left to do. */
		if (access == AREA_WRITE && !(*entry & PAGE_WRITE))
			return area_copy_on_write(area, entry, address);
		return 0;
	}
	if (access != AREA_WRITE) {
		zero_frame_map(area, entry);
		return 0;
	}
	frame = frame_alloc(FRAME_ANONYMOUS, FRAME_ZERO | FRAME_MAY_RECLAIM);
	if (!frame)
		return -ENOMEM;
	area_install_at(area, entry, frame, true);
	return 0;
}

const struct area_ops anonymous_ops = { .fault = anonymous_fault };
