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
#include "fs/copy_end.h"
#include "fs/pipe.h"
#include "lib/assert.h"
#include "memory/heap.h"
#include "task/signal.h"

#define SPLICE_F_ALL (SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

struct splice {
	struct copy_end in, out;
	bool wait; /* for a pipe, while nothing has moved yet */
};

/* The pipe at this end, or NULL. */
static struct pipe *end_pipe(const struct copy_end *end)
{
	const struct file *file = end->reference.file;

	return file->ops == &pipe_ops ? file->private : NULL;
}

/* The bytes that a read would find; `wait`s for the first.  0: the end, no writer is left. */
static ssize_t pipe_stock(struct pipe *pipe, bool wait)
{
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
static ssize_t pipe_room(struct pipe *pipe, bool wait)
{
	for (;;) {
		uint64_t free;
		bool broken;
		int error;

		mutex_acquire(&pipe->lock);
		free = pipe->ring.slot_count - (pipe->ring.head - pipe->ring.tail);
		broken = pipe->readers == 0;
		mutex_release(&pipe->lock);
		assert(free <= pipe->ring.slot_count);
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

/* How many of `count` bytes can move now: 0 at the end of the source, -errno. */
static ssize_t splice_possible(const struct splice *splice, size_t count)
{
	const struct file *out = splice->out.reference.file;
	struct pipe *source = end_pipe(&splice->in), *target = end_pipe(&splice->out);
	ssize_t part = 0;

	if (source) {
		part = pipe_stock(source, splice->wait);
		if (part <= 0)
			return part;
		count = min(count, (size_t)part);
	}
	if (target) {
		part = pipe_room(target, splice->wait);
		return part < 0 ? part : (ssize_t)min(count, (size_t)part);
	}
	if (S_ISREG(out->inode->mode))
		part = file_write_limit(out, *splice->out.position, &count);
	return part < 0 ? part : (ssize_t)count;
}

static ssize_t splice_all(struct splice *splice, size_t count)
{
	void *buffer = kmalloc(COPY_BUFFER_BYTES);
	ssize_t done = 0, now;

	assert(count > 0 && count <= COPY_MOST_BYTES);
	if (!buffer)
		return -ENOMEM;
	do {
		now = splice_possible(splice, count - done);
		if (now > 0)
			now = copy_once(&splice->in, &splice->out, buffer, now);
		if (now <= 0)
			break;
		done += now;
		splice->wait = false;
	} while ((size_t)done < count && !signal_pending(current));
	kfree(buffer);
	return done ? done : now;
}

/* What the file beside a pipe must be. */
static int splice_check_file(const struct copy_end *end)
{
	bool seekable = end->reference.file->mode & FILE_SEEKABLE;

	if (end->keep && !seekable)
		return -EINVAL;
	return seekable && *end->position < 0 ? -EINVAL : 0;
}

static int splice_check(const struct splice *splice)
{
	const struct file *in = splice->in.reference.file, *out = splice->out.reference.file;
	const struct pipe *source = end_pipe(&splice->in), *target = end_pipe(&splice->out);

	if (!(in->mode & FILE_READ) || !(out->mode & FILE_WRITE))
		return -EBADF;
	assert(!(splice->in.keep && source));
	assert(!(splice->out.keep && target));
	if (source == target) /* no pipe at all, or one twice */
		return -EINVAL;
	if (source && target)
		return 0;
	if (target)
		return in->ops->read ? splice_check_file(&splice->in) : -EINVAL;
	if (!out->ops->write || out->flags & O_APPEND)
		return -EINVAL;
	return splice_check_file(&splice->out);
}

static bool may_wait(const struct copy_end *end)
{
	return !end_pipe(end) || !(end->reference.file->flags & O_NONBLOCK);
}

static ssize_t splice_ends(struct splice *splice, user_address in_offset, user_address out_offset,
			   size_t count, int flags)
{
	int error;

	if ((end_pipe(&splice->in) && in_offset) || (end_pipe(&splice->out) && out_offset))
		return -ESPIPE;
	error = copy_end_keep(&splice->out, out_offset);
	if (!error)
		error = copy_end_keep(&splice->in, in_offset);
	if (!error)
		error = splice_check(splice);
	if (error)
		return error;
	splice->wait = !(flags & SPLICE_F_NONBLOCK) && may_wait(&splice->in) &&
		       may_wait(&splice->out);
	return splice_all(splice, count);
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
	done = copy_end_open(&splice.in, in);
	error = copy_end_open(&splice.out, out);
	if (!done)
		done = error;
	if (!done)
		done = splice_ends(&splice, in_offset, out_offset, min(count, COPY_MOST_BYTES),
				   flags);
	if (done < 0) /* positions are not written back */
		splice.in.keep = splice.out.keep = 0;
	error = copy_end_close(&splice.out);
	if (copy_end_close(&splice.in) || error)
		return -EFAULT;
	return done;
}
