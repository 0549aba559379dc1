/* SPDX-License-Identifier: MIT */
/* pipe_ring.c - a queue of bytes in a ring of pages; the model is in pipe_ring.h. */
#include "fs/pipe_ring.h"

#include "abi/errno.h"
#include "memory/heap.h"

static struct frame **ring_slot(struct pipe_ring *ring, uint64_t at)
{
	return &ring->pages[(at >> PAGE_SHIFT) & (ring->page_count - 1)];
}

/* How many bytes from `at` on lie in one page, at most `most`. */
static size_t ring_part(uint64_t at, size_t most)
{
	return min(PAGE_SIZE - (at & (PAGE_SIZE - 1)), most);
}

int ring_init(struct pipe_ring *ring, uint32_t page_count)
{
	*ring = (struct pipe_ring){ .page_count = page_count };
	ring->pages = kcalloc(page_count, sizeof(*ring->pages));
	return ring->pages ? 0 : -ENOMEM;
}

static void ring_pages_free(struct frame **pages, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (pages[i])
			frame_put(pages[i]);
	kfree(pages);
}

void ring_destroy(struct pipe_ring *ring)
{
	ring_pages_free(ring->pages, ring->page_count);
	if (ring->spare)
		frame_put(ring->spare);
}

static void ring_page_emptied(struct pipe_ring *ring, struct frame **slot)
{
	if (ring->spare)
		frame_put(*slot);
	else
		ring->spare = *slot;
	*slot = NULL;
}

ssize_t ring_take(struct pipe_ring *ring, struct io *to)
{
	ssize_t moved = 0;

	while (to->left && ring_used(ring)) {
		uint64_t offset = ring->tail & (PAGE_SIZE - 1);
		size_t part = ring_part(ring->tail, min(ring_used(ring), to->left));
		struct frame **slot = ring_slot(ring, ring->tail);
		size_t copied = io_copy_to(to, (char *)frame_address(*slot) + offset, part);

		ring->tail += copied;
		moved += copied;
		if (ring->tail == ring->head || offset + copied == PAGE_SIZE)
			ring_page_emptied(ring, slot);
		if (copied < part)
			return moved ? moved : -EFAULT;
		if (ring->tail == ring->head)
			ring->tail = ring->head = 0; /* the next byte starts a page */
	}
	return moved;
}

/* The page where the next byte goes, made when it is absent; NULL: no memory. */
static struct frame *ring_head_page(struct pipe_ring *ring)
{
	struct frame **slot = ring_slot(ring, ring->head);

	if (!*slot) {
		*slot = ring->spare;
		ring->spare = NULL;
	}
	if (!*slot)
		*slot = frame_alloc(FRAME_KERNEL, FRAME_MAY_RECLAIM);
	return *slot;
}

ssize_t ring_give(struct pipe_ring *ring, struct io *from)
{
	ssize_t moved = 0;

	while (from->left && ring_room(ring)) {
		uint64_t offset = ring->head & (PAGE_SIZE - 1);
		size_t part = ring_part(ring->head, min(ring_room(ring), from->left));
		struct frame *page = ring_head_page(ring);
		size_t copied;

		if (!page)
			return moved ? moved : -ENOMEM;
		copied = io_copy_from((char *)frame_address(page) + offset, from, part);
		ring->head += copied;
		moved += copied;
		if (copied < part)
			return moved ? moved : -EFAULT;
	}
	return moved;
}

int ring_resize(struct pipe_ring *ring, uint32_t page_count)
{
	uint64_t first = ring->tail >> PAGE_SHIFT;
	uint64_t end = round_up(ring->head, PAGE_SIZE) >> PAGE_SHIFT;
	struct frame **pages;

	if (end - first > page_count)
		return -EBUSY;
	pages = kcalloc(page_count, sizeof(*pages));
	if (!pages)
		return -ENOMEM;
	for (uint64_t page = first; page < end; page++) {
		struct frame **slot = ring_slot(ring, page << PAGE_SHIFT);

		pages[page & (page_count - 1)] = *slot;
		*slot = NULL;
	}
	ring_pages_free(ring->pages, ring->page_count); /* at most the empty page at head */
	ring->pages = pages;
	ring->page_count = page_count;
	return 0;
}
