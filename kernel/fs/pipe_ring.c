/* SPDX-License-Identifier: MIT */
/* pipe_ring.c - a queue of bytes in slots of a page; the model is in pipe_ring.h. */
#include "fs/pipe_ring.h"

#include "abi/errno.h"
#include "memory/heap.h"

static struct pipe_slot *ring_slot(const struct pipe_ring *ring, uint32_t at)
{
	return &ring->slots[at & (ring->slot_count - 1)];
}

int ring_init(struct pipe_ring *ring, uint32_t slot_count)
{
	*ring = (struct pipe_ring){ .slot_count = slot_count };
	ring->slots = kcalloc(slot_count, sizeof(*ring->slots));
	return ring->slots ? 0 : -ENOMEM;
}

void ring_destroy(struct pipe_ring *ring)
{
	for (uint32_t at = 0; at < ring->slot_count; at++)
		if (ring->slots[at].page)
			frame_put(ring->slots[at].page);
	kfree(ring->slots);
}

size_t ring_bytes(const struct pipe_ring *ring)
{
	size_t bytes = 0;

	for (uint32_t at = ring->tail; at != ring->head; at++)
		bytes += ring_slot(ring, at)->length;
	return bytes;
}

/* ---- taking ---- */

static void ring_tail_emptied(struct pipe_ring *ring)
{
	if (++ring->tail == ring->head)
		ring->tail = ring->head = 0;
}

ssize_t ring_take(struct pipe_ring *ring, struct io *to)
{
	bool packet = false;
	ssize_t moved = 0;

	while (to->left && !packet && !ring_is_empty(ring)) {
		struct pipe_slot *slot = ring_slot(ring, ring->tail);
		size_t part = min((size_t)slot->length, to->left);

		if (io_copy_to(to, (char *)frame_address(slot->page) + slot->offset, part) < part)
			return moved ? moved : -EFAULT;
		moved += part;
		slot->offset += part;
		slot->length -= part;
		packet = slot->packet;
		if (slot->length == 0 || packet)
			ring_tail_emptied(ring);
	}
	return moved;
}

/* ---- giving ---- */

ssize_t ring_append(struct pipe_ring *ring, struct io *from)
{
	struct pipe_slot *last = ring_slot(ring, ring->head - 1);
	size_t odd = from->left & (PAGE_SIZE - 1);
	uint32_t end;

	if (!odd || ring_is_empty(ring) || last->packet)
		return 0;
	end = last->offset + last->length;
	if (end + odd > PAGE_SIZE)
		return 0;
	if (io_copy_from((char *)frame_address(last->page) + end, from, odd) < odd)
		return -EFAULT;
	last->length += odd;
	return odd;
}

/* The page of the first free slot; NULL: no memory. */
static struct frame *ring_head_page(struct pipe_slot *slot)
{
	if (!slot->page)
		slot->page = frame_alloc(FRAME_KERNEL, FRAME_MAY_RECLAIM);
	return slot->page;
}

ssize_t ring_give(struct pipe_ring *ring, struct io *from, bool packet)
{
	ssize_t moved = 0;

	while (from->left && !ring_is_full(ring)) {
		struct pipe_slot *slot = ring_slot(ring, ring->head);
		size_t part = min(from->left, (size_t)PAGE_SIZE);

		if (!ring_head_page(slot))
			return moved ? moved : -ENOMEM;
		if (io_copy_from(frame_address(slot->page), from, part) < part)
			return moved ? moved : -EFAULT;
		slot->offset = 0;
		slot->length = part;
		slot->packet = packet;
		ring->head++;
		moved += part;
	}
	return moved;
}

/* ---- the capacity ---- */

/* The used slots move to the front of a new array; a page of a free slot is given back. */
int ring_resize(struct pipe_ring *ring, uint32_t slot_count)
{
	uint32_t used = ring->head - ring->tail;
	struct pipe_slot *slots;

	if (used > slot_count)
		return -EBUSY;
	slots = kcalloc(slot_count, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	for (uint32_t i = 0; i < used; i++) {
		struct pipe_slot *slot = ring_slot(ring, ring->tail + i);

		slots[i] = *slot;
		slot->page = NULL;
	}
	ring_destroy(ring);
	*ring = (struct pipe_ring){ .slots = slots, .slot_count = slot_count, .head = used };
	return 0;
}
