/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 9 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "abi/errno.h"
#include "fs/pipe.h"

/* Chapter 12: there are no pipes; a FIFO cannot be opened. */
static int fifo_refuse(struct inode *inode, struct file *file) { return -ENXIO; }
weak const struct file_ops fifo_ops = { .open = fifo_refuse };
weak long pipe_size_get(struct file *file) { return -EBADF; }
weak long pipe_size_set(struct file *file, uint64_t bytes) { return -EBADF; }
