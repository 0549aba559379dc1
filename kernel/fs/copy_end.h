/* SPDX-License-Identifier: MIT */
/*
 * copy_end.h - the two ends of a copy from file to file within the kernel: sendfile(2),
 * copy_file_range(2), splice(2).
 *
 * Each end goes by its file's own position, or by one that the program keeps; that is read first
 * and written back last.  Process context, no locks.
 */
#pragma once

#include "fs/file.h"

struct copy_end {
	struct fd_reference reference;
	loff_t own, *position; /* the file's, or `own` */
	user_address keep;     /* where `own` goes back to; 0: it was the file's own position */
};

/* The file, at its own position until copy_end_keep(): -EBADF. */
int copy_end_open(struct copy_end *end, int fd);
/* Goes by the position that the program keeps at `keep`, if that is not 0: -EFAULT. */
int copy_end_keep(struct copy_end *end, user_address keep);
/* Writes the position back, unless the caller has set `keep` to 0: -EFAULT.  Lets the file go; also
 * after copy_end_open() has failed. */
int copy_end_close(struct copy_end *end);

/* Moves up to `bytes`, and COPY_BUFFER_BYTES, through the buffer: what was written, 0 at the end,
 * -errno.  What was read but not written is there for the next call, if the source can
 * be sought. */
#define COPY_BUFFER_BYTES (16 * PAGE_SIZE)
#define COPY_MOST_BYTES	  0x7ffff000UL /* in one call, as read(2) */
ssize_t copy_once(struct copy_end *from, struct copy_end *to, void *buffer, size_t bytes);
