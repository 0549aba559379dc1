/* SPDX-License-Identifier: MIT */
/* pipe_ring.c - a queue of bytes in slots of a page; the model is in pipe_ring.h. */
#include "fs/pipe_ring.h"

#include "abi/errno.h"
#include "memory/heap.h"

/* Positions count on and are cut to the ring here: the count of slots is a power of two, so the
 * result is right across the overflow of 32 bits, too. */
static struct pipe_slot *ring_slot(const struct pipe_ring *ring, uint32_t at)
{
	return &ring->slots[at & (ring->slot_count - 1)];
}

/* Slots only: pages come with the first bytes, so a pipe that nobody uses costs little. */
int ring_init(struct pipe_ring *ring, uint32_t slot_count)
{
	*ring = (struct pipe_ring){ .slot_count = slot_count };
	ring->slots = kcalloc(slot_count, sizeof(*ring->slots));
	return ring->slots ? 0 : -ENOMEM;
}

/* Of all slots: an empty one may have kept its page. */
void ring_destroy(struct pipe_ring *ring)
{
	for (uint32_t at = 0; at < ring->slot_count; at++)
		if (ring->slots[at].page)
			frame_put(ring->slots[at].page);
	kfree(ring->slots);
}

/* What FIONREAD tells: the unread bytes of all packets together. */
size_t ring_bytes(const struct pipe_ring *ring)
{
	size_t bytes = 0;

	for (uint32_t at = ring->tail; at != ring->head; at++)
		bytes += ring_slot(ring, at)->length;
	return bytes;
}

/* ---- taking ---- */

/* The page stays in its slot.  Back to slot 0 when all is empty: its page is there already. */
static void ring_tail_emptied(struct pipe_ring *ring)
{
	if (++ring->tail == ring->head)
		ring->tail = ring->head = 0;
}

/* Stops behind a packet, even if there is room for more: one read gets one packet, and what
 * does not fit of it is thrown away (pipe(2), O_DIRECT). */
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

/* Only the odd rest of a write below whole pages goes behind what is there, as on Linux: so a large
 * write begins on a page, and each page of it is copied at once.  All or nothing. */
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

/* A slot becomes visible by head++ alone, after its bytes are in it.  With `packet` each page of
 * the write is a packet of its own (pipe(2): larger writes are split). */
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

/* The used slots move to the front of a new array; a page of a free slot is given back.
 * -EBUSY goes by slots, not bytes: half-filled pages are not joined (nor are they on Linux). */
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
