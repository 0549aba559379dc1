/* SPDX-License-Identifier: MIT */
/*
 * pipe.c - a queue of bytes between descriptors: reading, writing, waiting (pipe(7)).
 *
 * A write of up to PIPE_BUF bytes goes in whole or not at all.  Readers sleep while the pipe is
 * empty and has writers; a writer sleeps while there is less room than its bytes, or than PIPE_BUF,
 * and there are readers.  Writers are woken when the room reaches PIPE_BUF, so that the two ends do
 * not take turns byte by byte.  How pipes come into being is in fs/pipe_open.c, the ring of pages
 * in fs/pipe_ring.h.
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

struct pipe *pipe_create(void)
{
	struct pipe *pipe = slab_alloc_zeroed(&pipe_cache);

	if (!pipe)
		return NULL;
	if (ring_init(&pipe->ring, PIPE_PAGES_DEFAULT)) {
		slab_free(&pipe_cache, pipe);
		return NULL;
	}
	mutex_init(&pipe->lock);
	wait_queue_init(&pipe->read_queue);
	wait_queue_init(&pipe->write_queue);
	return pipe;
}

void pipe_destroy(struct pipe *pipe)
{
	assert(pipe->files == 0 && wait_queue_is_empty(&pipe->read_queue));
	ring_destroy(&pipe->ring);
	slab_free(&pipe_cache, pipe);
}

/* ---- read and write ---- */

static ssize_t pipe_read(struct file *file, struct io *to, loff_t *position)
{
	struct pipe *pipe = file->private;
	bool was_short_of_room;
	ssize_t moved;

	if (to->left == 0)
		return 0;
	mutex_acquire(&pipe->lock);
	for (;;) {
		was_short_of_room = ring_room(&pipe->ring) < PIPE_BUF;
		moved = ring_take(&pipe->ring, to);
		if (moved || pipe->writers == 0)
			break;
		if (file->flags & O_NONBLOCK) {
			moved = -EAGAIN;
			break;
		}
		mutex_release(&pipe->lock);
		moved = wait_event_interruptible(&pipe->read_queue,
						 ring_used(&pipe->ring) || pipe->writers == 0);
		if (moved)
			return moved;
		mutex_acquire(&pipe->lock);
	}
	if (was_short_of_room && ring_room(&pipe->ring) >= PIPE_BUF)
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	mutex_release(&pipe->lock);
	if (moved > 0)
		inode_touch(file->inode, ATTRIBUTE_ATIME);
	return moved;
}

/* Nobody will ever read: SIGPIPE for the writer, as if it had sent it to itself. */
static ssize_t pipe_broken(void)
{
	struct siginfo info = { .si_signo = SIGPIPE, .si_code = SI_USER };

	info.si_pid = current_process()->pid->number;
	info.si_uid = current->credentials->uid;
	signal_send_task(current, SIGPIPE, &info);
	return -EPIPE;
}

static bool pipe_writable(const struct pipe *pipe, size_t left)
{
	return ring_room(&pipe->ring) >= min(left, (size_t)PIPE_BUF);
}

/* One turn of a write, under the lock: bytes moved, 0 to wait for room, or -errno. */
static ssize_t pipe_write_some(struct pipe *pipe, struct io *from, bool atomic)
{
	bool was_empty = ring_used(&pipe->ring) == 0;
	ssize_t moved;

	if (pipe->readers == 0)
		return -EPIPE;
	if (atomic ? !pipe_writable(pipe, from->left) : ring_room(&pipe->ring) == 0)
		return 0;
	moved = ring_give(&pipe->ring, from);
	if (moved > 0 && was_empty)
		wait_queue_wake_all(&pipe->read_queue, POLLIN | POLLRDNORM);
	return moved;
}

static ssize_t pipe_write(struct file *file, struct io *from, loff_t *position)
{
	struct pipe *pipe = file->private;
	bool atomic = from->left <= PIPE_BUF;
	ssize_t moved = 0, part;

	if (from->left == 0)
		return 0;
	mutex_acquire(&pipe->lock);
	for (;;) {
		part = pipe_write_some(pipe, from, atomic);
		moved += max(part, (ssize_t)0);
		if (part < 0 || from->left == 0)
			break;
		if (file->flags & O_NONBLOCK) {
			part = -EAGAIN;
			break;
		}
		mutex_release(&pipe->lock);
		part = wait_event_interruptible(&pipe->write_queue,
						pipe->readers == 0 ||
							pipe_writable(pipe, from->left));
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

static uint32_t pipe_poll(struct file *file, struct poll_table *table)
{
	struct pipe *pipe = file->private;
	uint32_t events = 0;

	if (file->mode & FILE_READ) {
		poll_wait(table, &pipe->read_queue);
		if (ring_used(&pipe->ring))
			events |= POLLIN | POLLRDNORM;
		/* A FIFO that never had a writer since this open is quiet, not hung up. */
		if (pipe->writers == 0 && pipe->writers_ever != file->directory_state)
			events |= POLLHUP;
	}
	if (file->mode & FILE_WRITE) {
		poll_wait(table, &pipe->write_queue);
		if (ring_room(&pipe->ring) >= PIPE_BUF)
			events |= POLLOUT | POLLWRNORM;
		if (pipe->readers == 0)
			events |= POLLERR;
	}
	return events;
}

static long pipe_ioctl(struct file *file, unsigned command, uint64_t argument)
{
	struct pipe *pipe = file->private;
	int used;

	if (command != FIONREAD)
		return -ENOTTY;
	mutex_acquire(&pipe->lock);
	used = ring_used(&pipe->ring);
	mutex_release(&pipe->lock);
	return user_put(argument, &used, sizeof(used));
}

/* ---- opening and closing ---- */

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

void pipe_detach(struct pipe *pipe, struct file *file)
{
	bool last;

	mutex_acquire(&pipe->lock);
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
		file->inode->pipe = NULL;
	mutex_release(&pipe->lock);
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

long pipe_size_get(struct file *file)
{
	struct pipe *pipe = file->private;

	return file->ops == &pipe_ops ? (long)ring_capacity(&pipe->ring) : -EBADF;
}

long pipe_size_set(struct file *file, uint64_t bytes)
{
	struct pipe *pipe = file->private;
	uint64_t size = PAGE_SIZE;
	int error;

	if (file->ops != &pipe_ops)
		return -EBADF;
	if (bytes > 1UL << 31)
		return -EINVAL;
	while (size < bytes)
		size *= 2;
	if (size > PIPE_SIZE_MAX && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	mutex_acquire(&pipe->lock);
	error = ring_resize(&pipe->ring, size >> PAGE_SHIFT);
	if (!error)
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	mutex_release(&pipe->lock);
	return error ? error : (long)size;
}
