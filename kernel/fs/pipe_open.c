/* SPDX-License-Identifier: MIT */
/*
 * pipe_open.c - how pipes come into being: pipe(2), and FIFOs when they are opened (fifo(7)).
 *
 * An anonymous pipe's two files share one inode of the file system of what has no name.
 * A FIFO's inode points to its pipe while any file has it open; who opens first makes it, under
 * the inode lock, and who closes last frees it.
 *
 * An open waits for the other end by watching the count of opens ever made, not the ends that are
 * open now: an end that came and went in between has been met.
 *
 * Errors: pipe(2): EMFILE, ENFILE (no memory for inode or pipe), EFAULT, EINVAL; open of a FIFO:
 * ENXIO for writing without waiting and without a reader, EINTR.
 *
 * Locks: inode->lock (who makes the pipe) outside of pipe->lock.
 */
#include "abi/errno.h"
#include "abi/poll.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "fs/pipe.h"
#include "lib/printf.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/task.h"

/* Where anonymous pipes' inodes are. */
static struct superblock *pipe_superblock(void)
{
	return mount_nameless()->superblock;
}

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
		assert(pipe->readers > 0);
		file->directory_state = writers; /* pipe_poll: no hang-up before a writer came */
		if (file->flags & O_NONBLOCK)
			return 0;
		return wait_event_interruptible(&pipe->read_queue, pipe->writers_ever != writers);
	}
	if (pipe->readers)
		return 0;
	return wait_event_interruptible(&pipe->write_queue, pipe->readers_ever != readers);
}

/* The pipe comes with the first open of a FIFO and goes with its last (pipe_detach()).  This one is
 * attached before it waits, since two that wait for each other must each see the other. */
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
	if (inode->superblock == pipe_superblock())
		return 0; /* no FIFO, but pipe(2)'s: the other end may have been and gone */
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
	struct inode *inode = inode_create(pipe_superblock(), S_IFIFO | 0600);

	if (!inode)
		return NULL;
	inode->uid = current->credentials->fsuid;
	inode->gid = current->credentials->fsgid;
	inode->file_ops = &fifo_ops; /* /proc/PID/fd/N opens it again */
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
	char name[32];
	int error;

	if (!inode)
		return -ENFILE;
	pipe = inode->pipe;
	snprintf(name, sizeof(name), "pipe:[%lu]", inode->number);
	error = file_create_anonymous(name, inode, &pipe_ops, O_RDONLY | (flags & O_NONBLOCK),
				      pipe, &end[0]);
	if (error) {
		inode->pipe = NULL;
		pipe_destroy(pipe);
		inode_put(inode);
		return error;
	}
	pipe_attach(pipe, end[0]);
	inode_get(inode);
	error = file_create_anonymous(name, inode, &pipe_ops,
				      O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)), pipe, &end[1]);
	if (error) {
		inode_put(inode);
		file_put(end[0]); /* the pipe and the inode go with it */
		return error;
	}
	pipe_attach(pipe, end[1]);
	end[0]->mode |= FILE_STREAM;
	end[1]->mode |= FILE_STREAM;
	return 0;
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
	/* Before the descriptors are installed: if the address is bad nobody has ever seen them. */
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
