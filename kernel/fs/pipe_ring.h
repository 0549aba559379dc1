/* SPDX-License-Identifier: MIT */
/*
 * pipe_ring.h - the bytes of a pipe: a queue in a ring of pages.
 *
 * `head` counts every byte ever put in, `tail` every byte ever taken: a byte's place is its count
 * modulo the capacity.  A page is allocated when the first byte goes into it and leaves the ring
 * with the last one (one spare is kept).
 *
 * Invariants: 0 <= head - tail <= capacity; a page is in its slot iff it holds unread bytes or is
 * where the next byte goes.  The owner locks.
 */
#pragma once

#include "memory/frame_allocator.h"
#include "memory/io_vector.h"

struct pipe_ring {
	struct frame **pages; /* page_count slots */
	uint32_t page_count;  /* a power of two */
	struct frame *spare;  /* the page emptied last, or NULL */
	uint64_t head, tail;
};

static inline uint64_t ring_capacity(const struct pipe_ring *ring)
{
	return (uint64_t)ring->page_count << PAGE_SHIFT;
}

static inline uint64_t ring_used(const struct pipe_ring *ring)
{
	return ring->head - ring->tail;
}

static inline uint64_t ring_room(const struct pipe_ring *ring)
{
	return ring_capacity(ring) - ring_used(ring);
}

int ring_init(struct pipe_ring *ring, uint32_t page_count); /* 0 or -ENOMEM */
void ring_destroy(struct pipe_ring *ring);

/* Moves what there is to `to`: bytes, 0 when it is empty, -EFAULT when nothing could be copied. */
ssize_t ring_take(struct pipe_ring *ring, struct io *to);
/* Moves up to the room there is from `from`: bytes, or -EFAULT, -ENOMEM when none moved. */
ssize_t ring_give(struct pipe_ring *ring, struct io *from);
/* Another capacity: -EBUSY when more pages are in use, -ENOMEM. */
int ring_resize(struct pipe_ring *ring, uint32_t page_count);
