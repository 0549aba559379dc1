/* SPDX-License-Identifier: MIT */
/*
 * pipe.c - a queue of bytes between descriptors: pipes and FIFOs (pipe(7), fifo(7)).
 *
 * The bytes lie in a ring of pages.  `head` counts every byte ever written, `tail` every byte ever
 * read: both only grow, and a byte's place is its count modulo the capacity.  A page is allocated
 * when the first byte goes into it and freed when the last one leaves (one spare is kept).
 *
 * Invariants: 0 <= head - tail <= capacity; a page is present iff it holds unread bytes, or it is
 * where the next byte goes.  A write of up to PIPE_BUF bytes goes in whole or not at all; readers
 * sleep while the pipe is empty and has writers, writers while it has too little room and readers.
 * A writer waits for room for its bytes or PIPE_BUF, whichever is less; it is woken when room
 * reaches PIPE_BUF, so that the two ends do not alternate byte by byte.
 *
 * Locks: `lock` guards everything here and is held across user copies (it is above area locks).
 * The pipe lives as long as some file does; a FIFO's inode points to it meanwhile.
 */
#include "fs/pipe.h"

#include "abi/errno.h"
#include "abi/ioctl.h"
#include "abi/poll.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "fs/poll.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/signal.h"

struct pipe {
	struct mutex lock;
	struct wait_queue read_queue;  /* readers, and opens that wait for a writer */
	struct wait_queue write_queue; /* writers, and opens that wait for a reader */
	/* guarded by lock: */
	struct frame **pages;	/* page_count slots of the ring */
	uint32_t page_count;	/* a power of two */
	struct frame *spare;	/* the page emptied last, or NULL */
	uint64_t head, tail;
	uint32_t readers, writers, files;
	uint32_t readers_ever, writers_ever; /* opens: what a waiting open watches */
};

static struct slab_cache pipe_cache = SLAB_CACHE("pipe", struct pipe);
static struct superblock *pipe_superblock;

static uint64_t pipe_capacity(const struct pipe *pipe)
{
	return (uint64_t)pipe->page_count << PAGE_SHIFT;
}

static uint64_t pipe_used(const struct pipe *pipe)
{
	return pipe->head - pipe->tail;
}

static uint64_t pipe_room(const struct pipe *pipe)
{
	return pipe_capacity(pipe) - pipe_used(pipe);
}

static struct frame **pipe_slot(struct pipe *pipe, uint64_t at)
{
	return &pipe->pages[(at >> PAGE_SHIFT) & (pipe->page_count - 1)];
}

static struct pipe *pipe_create(void)
{
	struct pipe *pipe = slab_alloc_zeroed(&pipe_cache);

	if (!pipe)
		return NULL;
	pipe->pages = kcalloc(PIPE_PAGES_DEFAULT, sizeof(*pipe->pages));
	if (!pipe->pages) {
		slab_free(&pipe_cache, pipe);
		return NULL;
	}
	pipe->page_count = PIPE_PAGES_DEFAULT;
	mutex_init(&pipe->lock);
	wait_queue_init(&pipe->read_queue);
	wait_queue_init(&pipe->write_queue);
	return pipe;
}

static void pipe_pages_free(struct pipe *pipe)
{
	for (uint32_t i = 0; i < pipe->page_count; i++)
		if (pipe->pages[i])
			frame_put(pipe->pages[i]);
	kfree(pipe->pages);
}

static void pipe_destroy(struct pipe *pipe)
{
	assert(pipe->files == 0 && wait_queue_is_empty(&pipe->read_queue));
	pipe_pages_free(pipe);
	if (pipe->spare)
		frame_put(pipe->spare);
	slab_free(&pipe_cache, pipe);
}

/* ---- moving bytes, under the lock ---- */

static void pipe_page_emptied(struct pipe *pipe, struct frame **slot)
{
	if (pipe->spare)
		frame_put(*slot);
	else
		pipe->spare = *slot;
	*slot = NULL;
}

/* Moves what there is to `to`: bytes, 0 when it is empty, -EFAULT when nothing could be copied. */
static ssize_t pipe_take(struct pipe *pipe, struct io *to)
{
	ssize_t moved = 0;

	while (to->left && pipe_used(pipe)) {
		uint64_t offset = pipe->tail & (PAGE_SIZE - 1);
		size_t part = min(min(PAGE_SIZE - offset, pipe_used(pipe)), to->left);
		struct frame **slot = pipe_slot(pipe, pipe->tail);
		size_t copied = io_copy_to(to, (char *)frame_address(*slot) + offset, part);

		pipe->tail += copied;
		moved += copied;
		if (pipe->tail == pipe->head || offset + copied == PAGE_SIZE)
			pipe_page_emptied(pipe, slot);
		if (copied < part)
			return moved ? moved : -EFAULT;
		if (pipe->tail == pipe->head)
			pipe->tail = pipe->head = 0; /* the next write starts a page */
	}
	return moved;
}

/* The page where the next byte goes, made when it is absent; NULL: no memory. */
static struct frame *pipe_head_page(struct pipe *pipe)
{
	struct frame **slot = pipe_slot(pipe, pipe->head);

	if (!*slot) {
		*slot = pipe->spare;
		pipe->spare = NULL;
	}
	if (!*slot)
		*slot = frame_alloc(FRAME_KERNEL, FRAME_MAY_RECLAIM);
	return *slot;
}

/* Moves up to the room there is from `from`: bytes, or -EFAULT, -ENOMEM when none moved. */
static ssize_t pipe_give(struct pipe *pipe, struct io *from)
{
	ssize_t moved = 0;

	while (from->left && pipe_room(pipe)) {
		uint64_t offset = pipe->head & (PAGE_SIZE - 1);
		size_t part = min(min(PAGE_SIZE - offset, pipe_room(pipe)), from->left);
		struct frame *page = pipe_head_page(pipe);
		size_t copied;

		if (!page)
			return moved ? moved : -ENOMEM;
		copied = io_copy_from((char *)frame_address(page) + offset, from, part);
		pipe->head += copied;
		moved += copied;
		if (copied < part)
			return moved ? moved : -EFAULT;
	}
	return moved;
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
		was_short_of_room = pipe_room(pipe) < PIPE_BUF;
		moved = pipe_take(pipe, to);
		if (moved || pipe->writers == 0)
			break;
		if (file->flags & O_NONBLOCK) {
			moved = -EAGAIN;
			break;
		}
		mutex_release(&pipe->lock);
		moved = wait_event_interruptible(&pipe->read_queue,
						 pipe_used(pipe) || pipe->writers == 0);
		if (moved)
			return moved;
		mutex_acquire(&pipe->lock);
	}
	if (was_short_of_room && pipe_room(pipe) >= PIPE_BUF)
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
	return pipe_room(pipe) >= min(left, (size_t)PIPE_BUF);
}

/* One turn of a write, under the lock: bytes moved, 0 to wait for room, or -errno. */
static ssize_t pipe_write_some(struct pipe *pipe, struct io *from, bool atomic)
{
	bool was_empty = pipe_used(pipe) == 0;
	ssize_t moved;

	if (pipe->readers == 0)
		return -EPIPE;
	if (atomic ? !pipe_writable(pipe, from->left) : pipe_room(pipe) == 0)
		return 0;
	moved = pipe_give(pipe, from);
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
		if (pipe_used(pipe))
			events |= POLLIN | POLLRDNORM;
		/* A FIFO that never had a writer since this open is quiet, not hung up. */
		if (pipe->writers == 0 && pipe->writers_ever != file->directory_state)
			events |= POLLHUP;
	}
	if (file->mode & FILE_WRITE) {
		poll_wait(table, &pipe->write_queue);
		if (pipe_room(pipe) >= PIPE_BUF)
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
	used = pipe_used(pipe);
	mutex_release(&pipe->lock);
	return user_put(argument, &used, sizeof(used));
}

/* ---- opening and closing ---- */

/* Counts a file's ends in; the caller holds the lock. */
static void pipe_attach(struct pipe *pipe, struct file *file)
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

static void pipe_detach(struct pipe *pipe, struct file *file)
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

static const struct file_ops pipe_ops = {
	.read = pipe_read,
	.write = pipe_write,
	.poll = pipe_poll,
	.ioctl = pipe_ioctl,
	.release = pipe_release,
};

/* The inode's pipe, made by whoever opens first; the inode lock settles who that is. */
static struct pipe *fifo_pipe(struct inode *inode, struct file *file)
{
	struct pipe *pipe;

	mutex_acquire(&inode->lock);
	if (!inode->pipe)
		inode->pipe = pipe_create();
	pipe = inode->pipe;
	if (pipe) {
		mutex_acquire(&pipe->lock);
		pipe_attach(pipe, file);
		mutex_release(&pipe->lock);
	}
	mutex_release(&inode->lock);
	return pipe;
}

/* Waits until somebody has opened the other end since we came; fifo(7). */
static int fifo_wait(struct pipe *pipe, struct file *file)
{
	uint32_t readers = pipe->readers_ever, writers = pipe->writers_ever;

	if (file->mode & FILE_READ) {
		if (pipe->writers)
			return 0;
		file->directory_state = writers; /* pipe_poll: no hang-up before a writer came */
		if (file->flags & O_NONBLOCK)
			return 0;
		return wait_event_interruptible(&pipe->read_queue, pipe->writers_ever != writers);
	}
	if (pipe->readers)
		return 0;
	return wait_event_interruptible(&pipe->write_queue, pipe->readers_ever != readers);
}

static int fifo_open(struct inode *inode, struct file *file)
{
	bool both = (file->mode & (FILE_READ | FILE_WRITE)) == (FILE_READ | FILE_WRITE);
	struct pipe *pipe = fifo_pipe(inode, file);
	int error = 0;

	if (!pipe)
		return -ENOMEM;
	file->private = pipe;
	file->ops = &pipe_ops;
	file->mode = (file->mode & ~FILE_SEEKABLE) | FILE_STREAM;
	/* Opens of the other end that wait for us. */
	wait_queue_wake_all(&pipe->read_queue, POLLIN | POLLRDNORM);
	wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	if (!both && (file->mode & FILE_WRITE) && (file->flags & O_NONBLOCK) && !pipe->readers)
		error = -ENXIO;
	else if (!both)
		error = fifo_wait(pipe, file);
	if (error) {
		pipe_detach(pipe, file);
		file->ops = &fifo_ops; /* nothing left to release */
	}
	return error;
}

const struct file_ops fifo_ops = { .open = fifo_open };

/* ---- pipe(2) ---- */

static struct inode *pipe_inode_create(void)
{
	struct inode *inode = inode_create(pipe_superblock, S_IFIFO | 0600);

	if (!inode)
		return NULL;
	inode->uid = current->credentials->fsuid;
	inode->gid = current->credentials->fsgid;
	inode->pipe = pipe_create();
	if (!inode->pipe) {
		inode_put(inode);
		return NULL;
	}
	return inode;
}

/* Both ends as files; each holds the inode. */
static int pipe_files_create(int flags, struct file *end[2])
{
	struct inode *inode = pipe_inode_create();
	struct pipe *pipe;
	int error = -ENFILE;

	if (!inode)
		return error;
	pipe = inode->pipe;
	error = file_create_anonymous("pipe", inode, &pipe_ops, O_RDONLY | (flags & O_NONBLOCK),
				      pipe, &end[0]);
	if (error)
		goto undo_inode;
	pipe_attach(pipe, end[0]);
	error = file_create_anonymous("pipe", inode, &pipe_ops,
				      O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)), pipe, &end[1]);
	if (error)
		goto undo_read_end;
	pipe_attach(pipe, end[1]);
	end[0]->mode |= FILE_STREAM;
	end[1]->mode |= FILE_STREAM;
	inode_put(inode);
	return 0;

undo_read_end:
	file_put(end[0]);
	inode_put(inode);
	return error;
undo_inode:
	pipe_destroy(pipe);
	inode->pipe = NULL;
	inode_put(inode);
	return error;
}

long sys_pipe2(user_address descriptors, int flags)
{
	struct file *end[2];
	int fd[2], error;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	error = pipe_files_create(flags, end);
	if (error)
		return error;
	error = fd[0] = fd_reserve(0, flags & O_CLOEXEC);
	if (error < 0)
		goto undo_files;
	error = fd[1] = fd_reserve(0, flags & O_CLOEXEC);
	if (error < 0)
		goto undo_first;
	error = user_put(descriptors, fd, sizeof(fd));
	if (error)
		goto undo_second;
	fd_install(fd[0], end[0]);
	fd_install(fd[1], end[1]);
	return 0;

undo_second:
	fd_release(fd[1]);
undo_first:
	fd_release(fd[0]);
undo_files:
	file_put(end[0]);
	file_put(end[1]);
	return error;
}

long sys_pipe(user_address descriptors)
{
	return sys_pipe2(descriptors, 0);
}

/* ---- the capacity (fcntl(2)) ---- */

static struct pipe *pipe_of(struct file *file)
{
	return file->ops == &pipe_ops ? file->private : NULL;
}

long pipe_size_get(struct file *file)
{
	struct pipe *pipe = pipe_of(file);

	return pipe ? (long)pipe_capacity(pipe) : -EBADF;
}

/* The pages with unread bytes move to their places in the new ring. */
static void pipe_pages_move(struct pipe *pipe, struct frame **pages, uint32_t count)
{
	uint64_t first = pipe->tail >> PAGE_SHIFT;
	uint64_t end = round_up(pipe->head, PAGE_SIZE) >> PAGE_SHIFT;

	for (uint64_t page = first; page < end; page++) {
		struct frame **slot = pipe_slot(pipe, page << PAGE_SHIFT);

		pages[page & (count - 1)] = *slot;
		*slot = NULL;
	}
}

long pipe_size_set(struct file *file, uint64_t bytes)
{
	struct pipe *pipe = pipe_of(file);
	struct frame **pages;
	uint32_t count = 1;
	long result;

	if (!pipe)
		return -EBADF;
	if (bytes > 1UL << 31)
		return -EINVAL;
	while (((uint64_t)count << PAGE_SHIFT) < bytes)
		count *= 2;
	if (count > PIPE_SIZE_MAX >> PAGE_SHIFT && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	pages = kcalloc(count, sizeof(*pages));
	if (!pages)
		return -ENOMEM;
	mutex_acquire(&pipe->lock);
	if (round_up(pipe->head, PAGE_SIZE) - round_down(pipe->tail, PAGE_SIZE) >
	    (uint64_t)count << PAGE_SHIFT) {
		result = -EBUSY;
	} else {
		pipe_pages_move(pipe, pages, count);
		pipe_pages_free(pipe);
		pipe->pages = pages;
		pipe->page_count = count;
		pages = NULL;
		result = (long)pipe_capacity(pipe);
		wait_queue_wake_all(&pipe->write_queue, POLLOUT | POLLWRNORM);
	}
	mutex_release(&pipe->lock);
	kfree(pages);
	return result;
}

/* ---- the file system that anonymous pipes' inodes belong to; never mounted ---- */

static const struct superblock_ops pipe_superblock_ops = { 0 };
static const struct file_system pipe_file_system = { .name = "pipefs" };

void pipes_init(void)
{
	pipe_superblock = superblock_create(&pipe_file_system, &pipe_superblock_ops);
	assert(pipe_superblock);
}
