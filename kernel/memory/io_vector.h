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
	const struct io_segment *segment; /* user segments; NULL: kernel */
	size_t segment_done;	/* bytes of the first segment that are used up */
	char *kernel;		/* the kernel's buffer; only when segment is NULL */
	size_t left;		/* bytes in total */
	struct io_segment one;	/* storage for the common case */
};

static inline void io_user(struct io *io, user_address base, size_t bytes)
{
	io->one = (struct io_segment){ base, bytes };
	io->segment = &io->one;
	io->segment_done = 0;
	io->left = bytes;
}
void io_user_segments(struct io *io, const struct io_segment *segments, size_t bytes);
void io_kernel(struct io *io, void *buffer, size_t bytes);

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
