/* SPDX-License-Identifier: MIT */
/*
 * io_vector.c - moving bytes between kernel memory and the segments of a read or write.
 *
 * Invariant: `left` is the number of bytes in the segments from `segment` on, less segment_done.
 *
 * A struct io is consumed front to back and never rewound; a caller that must try again (a short
 * copy) continues where it stopped. So partial results need no arithmetic: what was moved is
 * before.left - after.left.
 *
 * Locks: none; user copies may fault and sleep, so the caller holds no spinlock and no area lock.
 * The segments themselves are a kernel copy made by io_segments_import(), because a program could
 * change its iovec between the check and the use. See readv(2).
 */
#include "memory/io_vector.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"

void io_user_segments(struct io *io, const struct io_segment *segments, size_t bytes)
{
	io->segment = segments;
	io->segment_done = 0;
	io->left = bytes;
}

void io_kernel(struct io *io, void *buffer, size_t bytes)
{
	io->segment = NULL;
	io->segment_done = 0;
	io->kernel = buffer;
	io->left = bytes;
}

/* The next user bytes that lie in one piece; skips segments that are used up. */
static size_t io_piece(struct io *io, user_address *at)
{
	while (io->segment_done == io->segment->length) {
		io->segment++;
		io->segment_done = 0;
	}
	debug_assert(io->left && io->segment_done < io->segment->length);
	*at = io->segment->base + io->segment_done;
	return io->segment->length - io->segment_done;
}

enum io_way { IO_TO_USER, IO_CLEAR_USER, IO_FROM_USER, IO_FROM_USER_NOFAULT };

static inline size_t piece_move(user_address at, void *buffer, size_t bytes, enum io_way way)
{
	switch (way) {
	case IO_TO_USER:
		return user_write(at, buffer, bytes);
	case IO_CLEAR_USER:
		return user_clear(at, bytes);
	case IO_FROM_USER:
		return user_read(buffer, at, bytes);
	default:
		return user_read_nofault(buffer, at, bytes);
	}
}

static size_t io_move_pieces(struct io *io, char *buffer, size_t bytes, enum io_way way)
{
	size_t done = 0;

	while (done < bytes) {
		user_address at;
		size_t piece = min(io_piece(io, &at), bytes - done);
		size_t moved = piece_move(at, buffer + done, piece, way);

		/* Also after a fault: the bytes before it have been moved and count (read(2)
		 * returns them). */
		io->segment_done += moved;
		io->left -= moved;
		done += moved;
		if (moved < piece)
			break;
	}
	return done;
}

/* Nearly always the bytes lie in one segment; and with `way` a constant, one copy remains. */
static inline size_t io_move_user(struct io *io, char *buffer, size_t bytes, enum io_way way)
{
	size_t start = io->segment_done, moved;

	bytes = min(bytes, io->left);
	if (unlikely(bytes > io->segment->length - start))
		return io_move_pieces(io, buffer, bytes, way);
	moved = piece_move(io->segment->base + start, buffer, bytes, way);
	io->segment_done = start + moved;
	io->left -= moved;
	return moved;
}

/* Takes `bytes` of the kernel's buffer. */
static void *io_take_kernel(struct io *io, size_t bytes)
{
	void *at = io->kernel;

	io->kernel += bytes;
	io->left -= bytes;
	return at;
}

size_t io_copy_to(struct io *to, const void *from, size_t bytes)
{
	if (likely(to->segment))
		return io_move_user(to, (char *)from, bytes, IO_TO_USER);
	bytes = min(bytes, to->left);
	memcpy(io_take_kernel(to, bytes), from, bytes);
	return bytes;
}

size_t io_clear(struct io *to, size_t bytes)
{
	if (to->segment)
		return io_move_user(to, NULL, bytes, IO_CLEAR_USER);
	bytes = min(bytes, to->left);
	memset(io_take_kernel(to, bytes), 0, bytes);
	return bytes;
}

static inline size_t copy_from(void *to, struct io *from, size_t bytes, enum io_way way)
{
	if (likely(from->segment))
		return io_move_user(from, to, bytes, way);
	bytes = min(bytes, from->left);
	memcpy(to, io_take_kernel(from, bytes), bytes);
	return bytes;
}

size_t io_copy_from(void *to, struct io *from, size_t bytes)
{
	return copy_from(to, from, bytes, IO_FROM_USER);
}

size_t io_copy_from_nofault(void *to, struct io *from, size_t bytes)
{
	return copy_from(to, from, bytes, IO_FROM_USER_NOFAULT);
}

int io_prefault_read(struct io *from, size_t bytes)
{
	user_address at;
	size_t piece;
	char byte;

	if (!from->segment || !from->left || !bytes)
		return 0;
	piece = min(io_piece(from, &at), bytes);
	if (user_get(&byte, at, 1))
		return -EFAULT;
	/* A copy may cross into the next page; that it is absent only makes the copy short. */
	if (at % PAGE_SIZE + piece > PAGE_SIZE)
		user_read(&byte, round_up(at + 1, PAGE_SIZE), 1);
	return 0;
}

static int segments_check(const struct io_segment *segments, size_t count, size_t *bytes)
{
	*bytes = 0;
	for (size_t i = 0; i < count; i++) {
		if ((int64_t)segments[i].length < 0)
			return -EINVAL;
		if (!user_range_valid(segments[i].base, segments[i].length))
			return -EFAULT;
		/* Linux cuts the sum silently at INT_MAX rounded down to a page; it does not
		 * refuse. */
		*bytes += min(segments[i].length, 0x7ffff000 - *bytes); /* MAX_RW_COUNT */
	}
	return 0;
}

int io_segments_import(user_address from, uint64_t count, struct io_segment *few,
		       struct io_segment **segments, size_t *bytes)
{
	int error;

	*segments = few;
	if (count > IO_SEGMENTS_MAX)
		return -EINVAL;
	if (count > IO_SEGMENTS_FEW) {
		*segments = kmalloc(count * sizeof(**segments));
		if (!*segments)
			return -ENOMEM;
	}
	error = user_get(*segments, from, count * sizeof(**segments));
	if (!error)
		error = segments_check(*segments, count, bytes);
	if (error)
		io_segments_free(*segments, few);
	return error;
}

void io_segments_free(struct io_segment *segments, struct io_segment *few)
{
	if (segments != few)
		kfree(segments);
}
