/* SPDX-License-Identifier: MIT */
/*
 * space_copy.c - bytes between kernel memory and any address space, loaded or not.
 *
 * Each page is faulted in as the program itself would, and then reached through the direct map.
 * Exec writes the first stack so, before the new space is anybody's; /proc/PID/mem and a tracer
 * read so what belongs to another.
 */
#include "memory/area.h"

#include "lib/string.h"

/* The frame at `at` with a count, if it is mapped and may be accessed so; else NULL. */
static struct frame *frame_mapped(struct address_space *space, user_address at, bool write)
{
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	struct frame *frame = NULL;
	unsigned level;
	page_entry entry = *page_table_walk(space->root, at, &level);

	if ((entry & PAGE_PRESENT) && (!write || (entry & PAGE_WRITE))) {
		frame = frame_of(page_entry_address(entry));
		frame_get(frame);
	}
	spinlock_release(&space->tables_lock, interrupts);
	return frame;
}

static struct frame *frame_at(struct address_space *space, user_address at, bool write)
{
	struct frame *frame = frame_mapped(space, at, write);

	while (!frame) {
		if (address_space_fault(space, at, write ? AREA_WRITE : AREA_READ))
			return NULL;
		frame = frame_mapped(space, at, write);
	}
	return frame;
}

size_t space_copy(struct address_space *space, user_address at, void *buffer, size_t bytes,
		  bool write)
{
	size_t done = 0;

	while (done < bytes && at < USER_END) {
		size_t piece = min(bytes - done, PAGE_SIZE - at % PAGE_SIZE);
		struct frame *frame = frame_at(space, at, write);
		void *page;

		if (!frame)
			break;
		page = frame_address(frame) + at % PAGE_SIZE;
		if (write)
			memcpy(page, buffer + done, piece);
		else
			memcpy(buffer + done, page, piece);
		frame_put(frame);
		done += piece;
		at += piece;
	}
	return done;
}
