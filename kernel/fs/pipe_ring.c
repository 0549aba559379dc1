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
	for (uint32_t at = ring->tail; at != ring->head; at++)
		frame_put(ring_slot(ring, at)->page);
	kfree(ring->slots);
	if (ring->spare)
		frame_put(ring->spare);
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
	struct pipe_slot *slot = ring_slot(ring, ring->tail);

	if (ring->spare)
		frame_put(slot->page);
	else
		ring->spare = slot->page;
	slot->page = NULL;
	ring->tail++;
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

ssize_t ring_give(struct pipe_ring *ring, struct io *from, bool packet)
{
	ssize_t moved = 0;

	while (from->left && !ring_is_full(ring)) {
		size_t part = min(from->left, (size_t)PAGE_SIZE);

		if (!ring->spare)
			ring->spare = frame_alloc(FRAME_KERNEL, FRAME_MAY_RECLAIM);
		if (!ring->spare)
			return moved ? moved : -ENOMEM;
		if (io_copy_from(frame_address(ring->spare), from, part) < part)
			return moved ? moved : -EFAULT;
		*ring_slot(ring, ring->head++) = (struct pipe_slot){
			.page = ring->spare, .length = part, .packet = packet,
		};
		ring->spare = NULL;
		moved += part;
	}
	return moved;
}

/* ---- the capacity ---- */

int ring_resize(struct pipe_ring *ring, uint32_t slot_count)
{
	uint32_t used = ring->head - ring->tail;
	struct pipe_slot *slots;

	if (used > slot_count)
		return -EBUSY;
	slots = kcalloc(slot_count, sizeof(*slots));
	if (!slots)
		return -ENOMEM;
	for (uint32_t i = 0; i < used; i++)
		slots[i] = *ring_slot(ring, ring->tail + i);
	kfree(ring->slots);
	ring->slots = slots;
	ring->slot_count = slot_count;
	ring->tail = 0;
	ring->head = used;
	return 0;
}
