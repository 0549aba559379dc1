/* SPDX-License-Identifier: MIT */
/*
 * pipe.c - a queue of bytes between descriptors: reading, writing, waiting (pipe(7)).
 *
 * Readers sleep while the pipe is empty and has writers, writers while it is full and has readers;
 * full means that no slot is free (fs/pipe_ring.h).  A write of up to PIPE_BUF bytes, a page, needs
 * one slot at most, so it goes in whole or not at all; a larger one goes in as slots become free.
 * How pipes come into being is in fs/pipe_open.c.
 *
 * Locks: pipe->lock guards everything and is held across user copies (it is above area locks).
 */
#include "fs/pipe.h"

#include "abi/errno.h"
#include "abi/ioctl.h"
#include "abi/poll.h"
#include "fs/poll.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/signal.h"

static struct slab_cache pipe_cache = SLAB_CACHE("pipe", struct pipe);

uint32_t pipe_size_max = PIPE_SIZE_MAX_DEFAULT;

/* An administrator who set pipe-max-size below the usual capacity means new pipes, too. */
static uint32_t pages_at_first(void)
{
	uint32_t most = pipe_size_max >> PAGE_SHIFT;

	return most < PIPE_PAGES_DEFAULT && !capable(CAP_SYS_RESOURCE) ? most : PIPE_PAGES_DEFAULT;
}

/* Empty and without ends: each file that is opened on it is attached. */
struct pipe *pipe_create(void)
{
	struct pipe *pipe = slab_alloc_zeroed(&pipe_cache);

	if (!pipe)
		return NULL;
	if (ring_init(&pipe->ring, pages_at_first())) {
		slab_free(&pipe_cache, pipe);
		return NULL;
	}
	mutex_init(&pipe->lock);
	wait_queue_init(&pipe->read_queue);
	wait_queue_init(&pipe->write_queue);
	return pipe;
}

/* With the last file: nobody can be asleep in it, since who sleeps there uses a file of it. */
void pipe_destroy(struct pipe *pipe)
{
	assert(pipe->files == 0 && pipe->readers == 0 && pipe->writers == 0);
	assert(wait_queue_is_empty(&pipe->read_queue) && wait_queue_is_empty(&pipe->write_queue));
	ring_destroy(&pipe->ring);
	slab_free(&pipe_cache, pipe);
}

/* ---- read and write ---- */

/* Takes what there is and waits only when there is nothing: a short count is not the end, 0 is, and
 * means that no writer is left (pipe(7)). */
static ssize_t pipe_read(struct file *file, struct io *to, loff_t *position)
{
	struct pipe *pipe = file->private;
	ssize_t moved;
	bool was_full;

	if (to->left == 0)
		return 0;
	mutex_acquire(&pipe->lock);
	for (;;) {
		was_full = ring_is_full(&pipe->ring);
		moved = ring_take(&pipe->ring, to);
		if (moved || pipe->writers == 0)
			break;
		if (file->flags & O_NONBLOCK) {
			moved = -EAGAIN;
			break;
		}
		mutex_release(&pipe->lock);
		moved = wait_event_interruptible(&pipe->read_queue, !ring_is_empty(&pipe->ring) ||
								     pipe->writers == 0);
		if (moved)
			return moved;
		mutex_acquire(&pipe->lock);
	}
	if (was_full && !ring_is_full(&pipe->ring))
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	mutex_release(&pipe->lock);
	if (moved > 0)
		inode_touch(file->inode, ATTRIBUTE_ATIME);
	return moved;
}

/* Nobody will ever read: SIGPIPE for the writer, as if it had sent it to itself. */
ssize_t pipe_broken(void)
{
	struct siginfo info = { .si_signo = SIGPIPE, .si_code = SI_USER };

	info.si_pid = current_process()->pid->number;
	info.si_uid = current->credentials->uid;
	signal_send_task(current, SIGPIPE, &info);
	return -EPIPE;
}

/* One turn of a write, under the lock: bytes moved, 0 to wait for a slot, or -errno. */
static ssize_t pipe_write_some(struct pipe *pipe, struct io *from, bool first, bool packet)
{
	bool was_empty = ring_is_empty(&pipe->ring);
	ssize_t appended = 0, moved;

	debug_assert(mutex_held(&pipe->lock));
	if (pipe->readers == 0)
		return -EPIPE;
	if (first)
		appended = ring_append(&pipe->ring, from);
	if (appended < 0)
		return appended;
	moved = ring_give(&pipe->ring, from, packet);
	if (moved > 0 && was_empty)
		wait_queue_wake_all(&pipe->read_queue, POLLIN | POLLRDNORM);
	return appended ? appended + max(moved, (ssize_t)0) : moved;
}

/* All of it, however long that takes, unless O_NONBLOCK, a signal, or the last reader's end cuts it
 * short: then what moved is the answer, and the error comes with the next call. */
static ssize_t pipe_write(struct file *file, struct io *from, loff_t *position)
{
	struct pipe *pipe = file->private;
	ssize_t moved = 0, part;
	bool first = true;

	if (from->left == 0)
		return 0;
	mutex_acquire(&pipe->lock);
	for (;; first = false) {
		part = pipe_write_some(pipe, from, first, file->flags & O_DIRECT);
		moved += max(part, (ssize_t)0);
		if (part < 0 || from->left == 0)
			break;
		if (!ring_is_full(&pipe->ring))
			break; /* the program's memory, or ours, ended midway: a short count */
		if (file->flags & O_NONBLOCK) {
			part = -EAGAIN;
			break;
		}
		mutex_release(&pipe->lock);
		part = wait_event_interruptible(&pipe->write_queue, pipe->readers == 0 ||
								    !ring_is_full(&pipe->ring));
		mutex_acquire(&pipe->lock);
		if (part)
			break;
	}
	mutex_release(&pipe->lock);
	if (part == -EPIPE)
		pipe_broken();
	if (moved > 0)
		inode_touch(file->inode, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
	return moved ? moved : part;
}

/* Without the lock: each word is read at once, and whoever changes one wakes the queue after, so
 * that a caller who registered first looks again. */
static uint32_t pipe_poll(struct file *file, struct poll_table *table)
{
	struct pipe *pipe = file->private;
	uint32_t events = 0;

	if (file->mode & FILE_READ) {
		poll_wait(table, &pipe->read_queue);
		if (!ring_is_empty(&pipe->ring))
			events |= POLLIN | POLLRDNORM;
		/* A FIFO that never had a writer since this open is quiet, not hung up. */
		if (pipe->writers == 0 && pipe->writers_ever != file->directory_state)
			events |= POLLHUP;
	}
	if (file->mode & FILE_WRITE) {
		poll_wait(table, &pipe->write_queue);
		if (!ring_is_full(&pipe->ring))
			events |= POLLOUT | POLLWRNORM;
		if (pipe->readers == 0)
			events |= POLLERR;
	}
	return events;
}

/* FIONREAD alone; the other end of the pipe may ask too. */
static long pipe_ioctl(struct file *file, unsigned command, uint64_t argument)
{
	struct pipe *pipe = file->private;
	int used;

	if (command != FIONREAD)
		return -ENOTTY;
	mutex_acquire(&pipe->lock);
	used = ring_bytes(&pipe->ring);
	mutex_release(&pipe->lock);
	return user_put(argument, &used, sizeof(used));
}

/* ---- opening and closing ---- */

/* A FIFO opened O_RDWR counts on both sides, so reading it never meets the end. */
void pipe_attach(struct pipe *pipe, struct file *file)
{
	pipe->files++;
	if (file->mode & FILE_READ) {
		pipe->readers++;
		pipe->readers_ever++;
	}
	if (file->mode & FILE_WRITE) {
		pipe->writers++;
		pipe->writers_ever++;
	}
}

/* Under the inode's lock, too: who opens the FIFO at this moment finds the pipe and is attached, or
 * finds none (fifo_pipe()); it must not wait for the lock of a pipe that goes. */
void pipe_detach(struct pipe *pipe, struct file *file)
{
	struct inode *inode = file->inode;
	bool last;

	mutex_acquire(&inode->lock);
	mutex_acquire(&pipe->lock);
	assert(pipe->files > 0 && pipe->files >= max(pipe->readers, pipe->writers));
	if (file->mode & FILE_READ)
		pipe->readers--;
	if (file->mode & FILE_WRITE)
		pipe->writers--;
	if (pipe->readers == 0 || pipe->writers == 0) {
		wait_queue_wake_all(&pipe->read_queue, POLLIN | POLLRDNORM | POLLHUP);
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM | POLLERR);
	}
	last = --pipe->files == 0;
	if (last)
		inode->pipe = NULL;
	mutex_release(&pipe->lock);
	mutex_release(&inode->lock);
	if (last)
		pipe_destroy(pipe);
}

static void pipe_release(struct file *file)
{
	pipe_detach(file->private, file);
}

const struct file_ops pipe_ops = {
	.read = pipe_read,
	.write = pipe_write,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.release = pipe_release,
};

/* ---- the capacity ---- */

/* Without the lock: one word. A FIFO's file has pipe_ops too, from its opening on. */
long pipe_size_get(struct file *file)
{
	struct pipe *pipe = file->private;

	return file->ops == &pipe_ops ? (long)ring_capacity(&pipe->ring) : -EBADF;
}

uint64_t pipe_size_round(uint64_t bytes)
{
	uint64_t size = PAGE_SIZE;

	if (bytes > 1UL << 31)
		return 0;
	while (size < bytes)
		size *= 2;
	return size;
}

/* Rounded up to a power of two pages, as fcntl(2) allows; the answer says what it is now. */
long pipe_size_set(struct file *file, uint64_t bytes)
{
	struct pipe *pipe = file->private;
	uint64_t size = pipe_size_round(bytes);
	int error;

	if (file->ops != &pipe_ops)
		return -EBADF;
	if (!size)
		return -EINVAL;
	if (size > pipe_size_max && size > ring_capacity(&pipe->ring) && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	mutex_acquire(&pipe->lock);
	error = ring_resize(&pipe->ring, size >> PAGE_SHIFT);
	if (!error)
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	mutex_release(&pipe->lock);
	return error ? error : (long)size;
}
