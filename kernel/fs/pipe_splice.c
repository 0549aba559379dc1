/* SPDX-License-Identifier: MIT */
/*
 * pipe_splice.c - splice(2): bytes from a pipe to any file, from a file to a pipe, between pipes.
 *
 * They are copied through a buffer.  A pipe is waited for before the first bytes only: what comes
 * from one is what is there, what goes into one is what has room, up to the count.
 *
 * Before a buffer is read, all that can be known of the other side is asked: room in a pipe, limits
 * of a file.  What a target refuses after that is gone from the pipe; a file's position is taken
 * back.
 *
 * Errors, in this order: EINVAL flags, EBADF, ESPIPE an offset for a pipe, EFAULT, EBADF not open
 * so, EINVAL no pipe at all, one pipe twice, a target that appends or has no positions; then
 * EAGAIN, EPIPE, those of reading and writing.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/pipe.h"
#include "lib/assert.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/signal.h"

#define BUFFER_BYTES (16 * PAGE_SIZE)
#define MOST_BYTES   0x7ffff000UL /* in one call, as read(2) */
#define SPLICE_F_ALL (SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

struct splice_end {
	struct fd_reference reference;
	struct file *file;
	bool is_pipe;
	loff_t own, *position; /* the file's, or `own`, which the program keeps at `keep` */
	user_address keep;
};

struct splice {
	struct splice_end in, out;
	bool wait; /* for a pipe, while nothing has moved yet */
};

static bool file_is_pipe(const struct file *file)
{
	return file->ops == &pipe_ops;
}

/* The bytes that a read would find; `wait`s for the first.  0: the end, no writer is left. */
static ssize_t pipe_stock(struct file *file, bool wait)
{
	struct pipe *pipe = file->private;

	for (;;) {
		ssize_t bytes;
		bool ended;
		int error;

		mutex_acquire(&pipe->lock);
		bytes = ring_bytes(&pipe->ring);
		ended = pipe->writers == 0;
		mutex_release(&pipe->lock);
		if (bytes || ended)
			return bytes;
		if (!wait)
			return -EAGAIN;
		error = wait_event_interruptible(&pipe->read_queue, !ring_is_empty(&pipe->ring) ||
								    pipe->writers == 0);
		if (error)
			return error;
	}
}

/* The bytes that a write has room for, in whole slots; `wait`s for the first slot. */
static ssize_t pipe_room(struct file *file, bool wait)
{
	struct pipe *pipe = file->private;

	for (;;) {
		uint64_t free;
		bool broken;
		int error;

		mutex_acquire(&pipe->lock);
		free = pipe->ring.slot_count - (pipe->ring.head - pipe->ring.tail);
		broken = pipe->readers == 0;
		mutex_release(&pipe->lock);
		if (broken)
			return pipe_broken();
		if (free)
			return free << PAGE_SHIFT;
		if (!wait)
			return -EAGAIN;
		error = wait_event_interruptible(&pipe->write_queue, pipe->readers == 0 ||
								     !ring_is_full(&pipe->ring));
		if (error)
			return error;
	}
}

static int end_open(struct splice_end *end, int fd)
{
	*end = (struct splice_end){ .reference = fd_get(fd) };
	end->file = end->reference.file;
	if (!end->file)
		return -EBADF;
	end->is_pipe = file_is_pipe(end->file);
	end->position = &end->file->position;
	return 0;
}

static int end_keep(struct splice_end *end, user_address keep)
{
	if (!keep)
		return 0;
	if (user_get(&end->own, keep, sizeof(end->own)))
		return -EFAULT;
	end->position = &end->own;
	end->keep = keep;
	return 0;
}

/* How many of `count` bytes can move now: 0 at the end of the source, -errno. */
static ssize_t splice_possible(struct splice *splice, size_t count)
{
	const struct file *out = splice->out.file;
	ssize_t part = 0;

	if (splice->in.is_pipe) {
		part = pipe_stock(splice->in.file, splice->wait);
		if (part <= 0)
			return part;
		count = min(count, (size_t)part);
	}
	if (splice->out.is_pipe) {
		part = pipe_room(splice->out.file, splice->wait);
		if (part < 0)
			return part;
		return min(count, (size_t)part);
	}
	if (S_ISREG(out->inode->mode))
		part = file_write_limit(out, *splice->out.position, &count);
	return part < 0 ? part : (ssize_t)count;
}

/* One buffer: what arrived. */
static ssize_t splice_once(struct splice *splice, void *buffer, size_t count)
{
	ssize_t got = splice_possible(splice, min(count, BUFFER_BYTES)), put;
	loff_t start = *splice->in.position;
	struct io io;

	if (got <= 0)
		return got;
	io_kernel(&io, buffer, got);
	got = file_read(splice->in.file, &io, splice->in.position);
	if (got <= 0)
		return got;
	io_kernel(&io, buffer, got);
	put = file_write(splice->out.file, &io, splice->out.position);
	if (put < got && !splice->in.is_pipe)
		*splice->in.position = start + max(put, (ssize_t)0);
	return put;
}

static ssize_t splice_all(struct splice *splice, size_t count)
{
	void *buffer = kmalloc(BUFFER_BYTES);
	ssize_t done = 0, now;

	if (!buffer)
		return -ENOMEM;
	do {
		now = splice_once(splice, buffer, count - done);
		if (now <= 0)
			break;
		done += now;
		splice->wait = false;
	} while ((size_t)done < count && !signal_pending(current));
	kfree(buffer);
	return done ? done : now;
}

/* What the file beside a pipe must be. */
static int splice_check_file(const struct splice_end *end)
{
	if (end->keep && !(end->file->mode & FILE_SEEKABLE))
		return -EINVAL;
	return (end->file->mode & FILE_SEEKABLE) && *end->position < 0 ? -EINVAL : 0;
}

static int splice_check(const struct splice *splice)
{
	const struct file *in = splice->in.file, *out = splice->out.file;
	int error = 0;

	if (!(in->mode & FILE_READ) || !(out->mode & FILE_WRITE))
		return -EBADF;
	if (!splice->in.is_pipe && !splice->out.is_pipe)
		return -EINVAL;
	if (splice->in.is_pipe && splice->out.is_pipe)
		return in->private == out->private ? -EINVAL : 0;
	if (!splice->in.is_pipe)
		error = in->ops->read ? splice_check_file(&splice->in) : -EINVAL;
	if (!splice->out.is_pipe)
		error = out->ops->write && !(out->flags & O_APPEND) ?
				splice_check_file(&splice->out) : -EINVAL;
	return error;
}

static bool may_wait(const struct splice_end *end)
{
	return !end->is_pipe || !(end->file->flags & O_NONBLOCK);
}

static ssize_t splice_ends(struct splice *splice, user_address in_offset, user_address out_offset,
			   size_t count, int flags)
{
	int error;

	if ((splice->in.is_pipe && in_offset) || (splice->out.is_pipe && out_offset))
		return -ESPIPE;
	error = end_keep(&splice->out, out_offset);
	if (!error)
		error = end_keep(&splice->in, in_offset);
	if (!error)
		error = splice_check(splice);
	if (error)
		return error;
	splice->wait = !(flags & SPLICE_F_NONBLOCK) && may_wait(&splice->in) &&
		       may_wait(&splice->out);
	return splice_all(splice, count);
}

/* Positions of the program's are written back when the call succeeded. */
static int end_finish(struct splice_end *end, bool success)
{
	int error = 0;

	if (success && end->keep)
		error = user_put(end->keep, &end->own, sizeof(end->own));
	fd_put(end->reference);
	return error;
}

long sys_splice(int in, user_address in_offset, int out, user_address out_offset, size_t count,
		int flags)
{
	struct splice splice;
	ssize_t done;
	int error;

	if (count == 0)
		return 0;
	if (flags & ~SPLICE_F_ALL)
		return -EINVAL;
	done = end_open(&splice.in, in);
	error = end_open(&splice.out, out);
	if (!done)
		done = error;
	if (!done)
		done = splice_ends(&splice, in_offset, out_offset, min(count, MOST_BYTES), flags);
	error = end_finish(&splice.out, done >= 0);
	if (end_finish(&splice.in, done >= 0) || error)
		return -EFAULT;
	return done;
}
