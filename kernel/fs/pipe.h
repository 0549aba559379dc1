/* SPDX-License-Identifier: MIT */
/*
 * pipe.h - what fcntl and the size limits need of pipes (pipe(7)); the rest goes through file_ops.
 */
#pragma once

#include "fs/file.h"

#define PIPE_BUF 4096		  /* writes up to this many bytes are atomic */
#define PIPE_PAGES_DEFAULT 16	  /* 64 KiB */
#define PIPE_SIZE_MAX (1UL << 20) /* /proc/sys/fs/pipe-max-size */

/* F_GETPIPE_SZ and F_SETPIPE_SZ: the capacity in bytes, or -EBADF when `file` is no pipe, -EINVAL,
 * -EPERM (above the maximum without CAP_SYS_RESOURCE), -EBUSY (more bytes are in it), -ENOMEM. */
long pipe_size_get(struct file *file);
long pipe_size_set(struct file *file, uint64_t bytes);

/* What an S_IFIFO inode's file_ops is. */
extern const struct file_ops fifo_ops;
