/* SPDX-License-Identifier: MIT */
/*
 * io_vector.c - moving bytes between kernel memory and the segments of a read or write.
 *
 * Invariant: the piece at `at` and the segments from `next` on hold at least `left` bytes.
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
	io_user(io, 0, 0);
	io->next = segments;
	io->left = bytes;
}

/* Makes the next piece one with bytes in it; some must be left. */
static void io_piece_find(struct io *io)
{
	debug_assert(io->left);
	while (io->piece == 0) {
		io->at = (char *)io->next->base;
		io->piece = io->next->length;
		io->next++;
	}
}

enum io_way { IO_TO, IO_CLEAR, IO_FROM, IO_FROM_NOFAULT };

/* Within one piece; returns the bytes moved.  The copy itself needs no look at the range: that was
 * checked when the io was made. */
static inline size_t user_move(char *at, void *buffer, size_t bytes, enum io_way way)
{
	user_copy_check();
	switch (way) {
	case IO_TO:
		return bytes - user_access_copy(at, buffer, bytes);
	case IO_CLEAR:
		return bytes - user_access_clear(at, bytes);
	case IO_FROM:
		return bytes - user_access_copy(buffer, at, bytes);
	default:
		return user_read_nofault(buffer, (user_address)at, bytes);
	}
}

static inline size_t kernel_move(char *at, void *buffer, size_t bytes, enum io_way way)
{
	if (way == IO_TO)
		memcpy(at, buffer, bytes);
	else if (way == IO_CLEAR)
		memset(at, 0, bytes);
	else
		memcpy(buffer, at, bytes);
	return bytes;
}

static inline size_t io_move_piece(struct io *io, void *buffer, size_t bytes, enum io_way way)
{
	size_t moved = likely(io->user) ? user_move(io->at, buffer, bytes, way)
					: kernel_move(io->at, buffer, bytes, way);

	/* Also after a fault: the bytes before it have been moved and count (read(2) returns
	 * them). */
	io->at += moved;
	io->piece -= moved;
	io->left -= moved;
	return moved;
}

static size_t io_move_pieces(struct io *io, char *buffer, size_t bytes, enum io_way way)
{
	size_t done = 0;

	while (done < bytes) {
		size_t part, moved;

		io_piece_find(io);
		part = min(io->piece, bytes - done);
		moved = io_move_piece(io, buffer + done, part, way);
		done += moved;
		if (moved < part)
			break;
	}
	return done;
}

/* Nearly always the bytes lie in one piece; and with `way` a constant, one copy remains. */
static inline size_t io_move(struct io *io, void *buffer, size_t bytes, enum io_way way)
{
	bytes = min(bytes, io->left);
	if (unlikely(bytes > io->piece))
		return io_move_pieces(io, buffer, bytes, way);
	return io_move_piece(io, buffer, bytes, way);
}

size_t io_copy_to(struct io *to, const void *from, size_t bytes)
{
	return io_move(to, (void *)from, bytes, IO_TO);
}

size_t io_clear(struct io *to, size_t bytes)
{
	return io_move(to, NULL, bytes, IO_CLEAR);
}

size_t io_copy_from(void *to, struct io *from, size_t bytes)
{
	return io_move(from, to, bytes, IO_FROM);
}

size_t io_copy_from_nofault(void *to, struct io *from, size_t bytes)
{
	return io_move(from, to, bytes, IO_FROM_NOFAULT);
}

int io_prefault_read(struct io *from, size_t bytes)
{
	user_address at;
	size_t piece;
	char byte;

	if (!from->user || !from->left || !bytes)
		return 0;
	io_piece_find(from);
	at = (user_address)from->at;
	piece = min(from->piece, bytes);
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
