/* SPDX-License-Identifier: MIT */
/*
 * io_vector.h - where bytes of a read or write come from or go to: user segments or one kernel
 * buffer, with what is left of them.
 *
 * A struct io is consumed as it is used: io_copy_to() takes bytes from a kernel buffer into it,
 * io_copy_from() the other way; both return what was moved (short only at a fault or at its end).
 */
#pragma once

#include "lib/types.h"

struct io_segment { user_address base; uint64_t length; }; /* Linux's struct iovec */
#define IO_SEGMENTS_MAX 1024 /* UIO_MAXIOV */

struct io {
	char *at;		/* the next byte, of user or kernel memory */
	size_t piece;		/* how many lie there in one piece, be it more than `left` */
	size_t left;		/* bytes in total */
	const struct io_segment *next; /* user segments behind this piece */
	bool user;
};

/* The caller has checked that the bytes are user memory: user_range_valid(). */
static inline void io_user(struct io *io, user_address base, size_t bytes)
{
	*io = (struct io){ .at = (char *)base, .piece = bytes, .left = bytes, .user = true };
}
/* Segments that io_segments_import() has checked. */
void io_user_segments(struct io *io, const struct io_segment *segments, size_t bytes);
static inline void io_kernel(struct io *io, void *buffer, size_t bytes)
{
	*io = (struct io){ .at = buffer, .piece = bytes, .left = bytes };
}

size_t io_copy_to(struct io *to, const void *from, size_t bytes);
size_t io_copy_from(void *to, struct io *from, size_t bytes);
size_t io_clear(struct io *to, size_t bytes);	/* zeros */
/* Touches the next page's worth of user memory so that a copy without faults will find it.
 * -EFAULT. */
int io_prefault_read(struct io *from, size_t bytes);
/* As io_copy_from, but a missing page ends the copy instead of faulting it in. */
size_t io_copy_from_nofault(void *to, struct io *from, size_t bytes);

/* Reads and checks an iovec array of a program: -EINVAL (count, negative or overflowing lengths),
 * -EFAULT, -ENOMEM.  *segments is `few` (of IO_SEGMENTS_FEW) or kmalloc'ed: io_segments_free(). */
#define IO_SEGMENTS_FEW 8
int io_segments_import(user_address from, uint64_t count, struct io_segment *few,
		       struct io_segment **segments, size_t *bytes);
void io_segments_free(struct io_segment *segments, struct io_segment *few);
