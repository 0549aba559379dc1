/* SPDX-License-Identifier: MIT */
/*
 * pipe.h - pipes and FIFOs (pipe(7), fifo(7)).  Outside fs/pipe*.c only the limits, the capacity
 * calls of fcntl and fifo_ops are of interest; all else goes through file_ops.
 */
#pragma once

#include "fs/file.h"
#include "fs/pipe_ring.h"

#define PIPE_BUF 4096		  /* writes up to this many bytes are atomic */
#define PIPE_PAGES_DEFAULT 16	  /* 64 KiB */
#define PIPE_SIZE_MAX_DEFAULT (1U << 20)
/* The bytes that a pipe may hold without CAP_SYS_RESOURCE: /proc/sys/fs/pipe-max-size. */
extern uint32_t pipe_size_max;
/* The capacity that serves `bytes`: a power of two, at least a page.  0: more than 2 GiB. */
uint64_t pipe_size_round(uint64_t bytes);

/* F_GETPIPE_SZ and F_SETPIPE_SZ: the capacity in bytes, or -EBADF when `file` is no pipe, -EINVAL,
 * -EPERM (above the maximum without CAP_SYS_RESOURCE), -EBUSY (more bytes are in it), -ENOMEM. */
long pipe_size_get(struct file *file);
long pipe_size_set(struct file *file, uint64_t bytes);

/* What an S_IFIFO inode's file_ops is. */
extern const struct file_ops fifo_ops;

/* ---- inside fs/pipe*.c ---- */

struct pipe {
	struct mutex lock;
	struct wait_queue read_queue;  /* readers, and opens that wait for a writer */
	struct wait_queue write_queue; /* writers, and opens that wait for a reader */
	/* guarded by lock: */
	struct pipe_ring ring;
	uint32_t readers, writers, files;
	uint32_t readers_ever, writers_ever; /* opens: what a waiting open watches */
};

struct pipe *pipe_create(void); /* NULL: no memory */
void pipe_destroy(struct pipe *pipe);
/* Counts a file's ends in (lock held) and out (frees the pipe with its last file). */
void pipe_attach(struct pipe *pipe, struct file *file);
void pipe_detach(struct pipe *pipe, struct file *file);
ssize_t pipe_broken(void); /* SIGPIPE for the caller; -EPIPE */
extern const struct file_ops pipe_ops;
