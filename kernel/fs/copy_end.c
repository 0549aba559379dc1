/* SPDX-License-Identifier: MIT */
/* copy_end.c - positions, and one buffer's way from file to file; the model is in copy_end.h. */
#include "fs/copy_end.h"

#include "abi/errno.h"
#include "lib/assert.h"
#include "memory/user_copy.h"

int copy_end_open(struct copy_end *end, int fd)
{
	end->reference = fd_get(fd);
	end->keep = 0;
	if (!end->reference.file)
		return -EBADF;
	end->position = &end->reference.file->position;
	return 0;
}

int copy_end_keep(struct copy_end *end, user_address keep)
{
	assert(end->reference.file && !end->keep);
	if (!keep)
		return 0;
	if (user_get(&end->own, keep, sizeof(end->own)))
		return -EFAULT;
	end->position = &end->own;
	end->keep = keep;
	return 0;
}

int copy_end_close(struct copy_end *end)
{
	int error = 0;

	if (end->keep)
		error = user_put(end->keep, &end->own, sizeof(end->own));
	fd_put(end->reference);
	return error;
}

ssize_t copy_once(struct copy_end *from, struct copy_end *to, void *buffer, size_t bytes)
{
	loff_t start = *from->position;
	struct io io;
	ssize_t got, put;

	assert(bytes > 0 && bytes <= COPY_MOST_BYTES);
	io_kernel(&io, buffer, min(bytes, COPY_BUFFER_BYTES));
	got = file_read(from->reference.file, &io, from->position);
	if (got <= 0)
		return got;
	io_kernel(&io, buffer, got);
	put = file_write(to->reference.file, &io, to->position);
	assert(put <= got);
	/* The rest was read but not written: the next call must find it again. */
	if (put < got && (from->reference.file->mode & FILE_SEEKABLE))
		*from->position = start + max(put, (ssize_t)0);
	return put;
}
