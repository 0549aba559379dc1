/* SPDX-License-Identifier: MIT */
/*
 * pipe_ring.h - the bytes of a pipe: a queue of slots, each with a page.
 *
 * The capacity is counted in slots, as on Linux: a write takes a slot for each page that it fills
 * and one for the rest, but a rest that fits behind the last slot's bytes goes there.  So a write
 * of up to a page is in one slot, whole, and nothing comes between its bytes.  In packet mode
 * (O_DIRECT) a slot is a message: nothing is added to it, and a read takes it whole, or a part and
 * drops the rest.
 *
 * A slot is taken or left whole: when the program's memory ends midway, the bytes copied so far for
 * this slot do not count.
 *
 * A slot keeps its page when it is emptied, and an empty ring begins again at slot 0: so a pipe of
 * small messages that its reader keeps emptying has one page.  One that is never quite empty goes
 * round, and ends up with a page in each slot.
 *
 * Invariants: 0 <= head - tail <= slot_count, which is a power of two; the slots in between hold a
 * page and at least one byte each, all others perhaps a page, and nothing in it.  The owner locks.
 */
#pragma once

#include "memory/frame_allocator.h"
#include "memory/io_vector.h"

struct pipe_slot {
	struct frame *page;	 /* NULL: none yet */
	uint32_t offset, length; /* the unread bytes */
	bool packet;
};

struct pipe_ring {
	struct pipe_slot *slots;
	uint32_t slot_count;
	uint32_t head, tail; /* slots filled and emptied since it was empty last */
};

static inline uint64_t ring_capacity(const struct pipe_ring *ring)
{
	return (uint64_t)ring->slot_count << PAGE_SHIFT;
}

static inline bool ring_is_empty(const struct pipe_ring *ring)
{
	return ring->head == ring->tail;
}

static inline bool ring_is_full(const struct pipe_ring *ring)
{
	return ring->head - ring->tail >= ring->slot_count;
}

int ring_init(struct pipe_ring *ring, uint32_t slot_count); /* 0 or -ENOMEM */
void ring_destroy(struct pipe_ring *ring);
size_t ring_bytes(const struct pipe_ring *ring); /* unread ones */

/* Moves what there is to `to`: bytes, 0 when it is empty, -EFAULT when no slot could be copied. */
ssize_t ring_take(struct pipe_ring *ring, struct io *to);
/* Puts the odd bytes of a write behind those of the last slot, if they fit: bytes, 0, -EFAULT. */
ssize_t ring_append(struct pipe_ring *ring, struct io *from);
/* Fills free slots from `from`: bytes, or -EFAULT, -ENOMEM when none moved. */
ssize_t ring_give(struct pipe_ring *ring, struct io *from, bool packet);
/* Another capacity: -EBUSY when more slots are in use, -ENOMEM. */
int ring_resize(struct pipe_ring *ring, uint32_t slot_count);
