/* SPDX-License-Identifier: MIT */
/*
 * page_cache_io.c - read and write of what the page cache holds.
 *
 * Copies to or from a program may fault, and the fault may need the very page that is copied
 * (a file written from its own mapping).  So no page is locked meanwhile, a reader only counts
 * its frame, and a writer first makes sure that its source is there and then copies without
 * faulting; when the source went away in between, it begins again.
 *
 * A new page becomes visible when it holds what the write brought and zeros elsewhere: whole pages
 * are so written without ever being cleared.
 *
 * Locks: the caller holds the inode's lock for writes (so sizes grow in order, and two writes do
 * not mix) and nothing for reads: a reader may see a write half done, as on Linux. No spinlock and
 * no area lock, because user copies fault.
 *
 * Results: bytes moved, if any at all; an error only when nothing was (read(2), write(2)). The
 * size grows with each page that landed, so a reader never sees a byte that was not written.
 */
#include "memory/page_cache.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/io_vector.h"

static ssize_t done_or(size_t done, int error)
{
	return done ? (ssize_t)done : error;
}

/* Copies `bytes` of one page out.  Returns what was moved, or -errno.  Without ops->fill a page
 * that is absent stays so: reading a hole takes no memory. */
static ssize_t page_read(struct page_cache *cache, struct io *to, uint64_t position, size_t bytes)
{
	struct frame *frame = page_cache_find(cache, position >> PAGE_SHIFT);
	size_t moved;

	debug_assert(position % PAGE_SIZE + bytes <= PAGE_SIZE);

	if (!frame) {
		int error;

		if (!cache->ops || !cache->ops->fill)
			return io_clear(to, bytes); /* a hole */
		error = page_cache_obtain(cache, position >> PAGE_SHIFT, &frame);
		if (error)
			return error;
	}
	/* The count keeps the frame though the file may be truncated while the copy sleeps. */
	moved = io_copy_to(to, frame_address(frame) + position % PAGE_SIZE, bytes);
	frame_put(frame);
	return moved;
}

ssize_t page_cache_read(struct page_cache *cache, struct io *to, uint64_t position)
{
	size_t done = 0;

	while (to->left) {
		uint64_t size = read_once(cache->size); /* anew: the last copy may have slept */
		size_t bytes = min(to->left, PAGE_SIZE - position % PAGE_SIZE);
		ssize_t moved;

		if (position >= size)
			break;
		bytes = min(bytes, size - position);
		moved = page_read(cache, to, position, bytes);
		if (moved < 0)
			return done_or(done, moved);
		done += moved;
		position += moved;
		if ((size_t)moved < bytes)
			return done_or(done, -EFAULT);
	}
	return done;
}

/* A page that is absent, with nothing below it: filled by the write alone, then put in. */
static ssize_t page_write_new(struct page_cache *cache, struct io *from, uint64_t position,
			      size_t bytes)
{
	struct frame *frame = frame_alloc(FRAME_CACHE, FRAME_MAY_RECLAIM);
	size_t offset = position % PAGE_SIZE, moved;
	char *page;
	int error;

	if (!frame)
		return -ENOMEM;
	page = frame_address(frame);
	moved = io_copy_from_nofault(page + offset, from, bytes);
	if (!moved) {
		frame_put(frame);
		return 0;
	}
	memset(page, 0, offset);
	memset(page + offset + moved, 0, PAGE_SIZE - offset - moved);
	frame->flags |= FRAME_DIRTY;
	error = page_cache_insert(cache, position >> PAGE_SHIFT, frame);
	if (error) {
		assert(error != -EEXIST); /* nothing slept since it was looked up */
		frame_put(frame);
		return error;
	}
	return moved;
}

/* Takes over the count of `frame`.  Bytes that landed before `dirty` failed are in the page, though
 * the write reports the error. */
static ssize_t page_write_old(struct page_cache *cache, struct io *from, uint64_t position,
			      size_t bytes, struct frame *frame)
{
	ssize_t moved = io_copy_from_nofault(frame_address(frame) + position % PAGE_SIZE, from,
					     bytes);
	int error = 0;

	if (moved && cache->ops && cache->ops->dirty)
		error = cache->ops->dirty(cache, position >> PAGE_SHIFT, frame);
	if (moved)
		frame->flags |= FRAME_DIRTY;
	frame_put(frame);
	return error ? error : moved;
}

/* Bytes moved, 0 when the source is not there at the moment, or -errno. */
static ssize_t page_write(struct page_cache *cache, struct io *from, uint64_t position,
			  size_t bytes)
{
	struct frame *frame = page_cache_find(cache, position >> PAGE_SHIFT);
	int error;

	if (!frame) {
		if (!cache->ops || !cache->ops->fill)
			return page_write_new(cache, from, position, bytes);
		error = page_cache_obtain(cache, position >> PAGE_SHIFT, &frame);
		if (error)
			return error;
	}
	return page_write_old(cache, from, position, bytes, frame);
}

ssize_t page_cache_write(struct page_cache *cache, struct io *from, uint64_t position)
{
	size_t done = 0;

	while (from->left) {
		size_t bytes = min(from->left, PAGE_SIZE - position % PAGE_SIZE);
		ssize_t moved = page_write(cache, from, position, bytes);

		/* The source is absent (or bad): fault it in with nothing held, and try the page
		 * again. -EFAULT ends it; 0 means that the next try will find it, unless it is
		 * taken away again. */
		if (moved == 0)
			moved = io_prefault_read(from, bytes);
		if (moved < 0)
			return done_or(done, moved);
		done += moved;
		position += moved;
		/* After the bytes are there, never before: see above. */
		if (moved && position > cache->size)
			write_once(cache->size, position);
	}
	return done;
}
