/* SPDX-License-Identifier: MIT */
/*
 * map_prepare.c - mmap(2)'s step into files: may this descriptor be mapped so, and what is mapped.
 *
 * Order of errors as on Linux (mmap(2)): EBADF, EOVERFLOW, EACCES, EPERM, ENODEV. Rights are those
 * of the descriptor, not of the caller now: who opened for reading only may map privately and
 * write to his copy, but never share his writes.
 *
 * The file is counted for the area; ops->map fills in what is mapped.
 */
#include "abi/errno.h"
#include "abi/mman.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/mmap.h"

/* 0, -EACCES, -EPERM; takes from request->flags what mprotect(2) may not add later. */
static int rights_check(const struct file *file, int prot, int flags, struct map_request *request)
{
	if ((flags & MAP_SHARED) && (prot & PROT_WRITE) && !(file->mode & FILE_WRITE))
		return -EACCES;
	if (!(file->mode & FILE_READ))
		return -EACCES;
	/* Nor may mprotect(2) add the right to write later. */
	if ((flags & MAP_SHARED) && !(file->mode & FILE_WRITE))
		request->flags &= ~(uint32_t)AREA_MAY_WRITE;
	if (!(file->path.mount->flags & MS_NOEXEC))
		return 0;
	request->flags &= ~(uint32_t)AREA_MAY_EXECUTE;
	return prot & PROT_EXEC ? -EPERM : 0;
}

int map_file_prepare(int fd, int prot, int flags, uint64_t bytes, struct map_request *request)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	int64_t end;
	int error;

	if (!file)
		return -EBADF;
	if (__builtin_add_overflow((int64_t)request->offset, (int64_t)bytes, &end))
		error = -EOVERFLOW;
	else
		error = rights_check(file, prot, flags, request);
	if (!error && !file->ops->map)
		error = -ENODEV;
	if (!error && (flags & MAP_GROWSDOWN))
		error = -EINVAL;
	if (!error)
		error = file->ops->map(file, request);
	if (!error) {
		assert(request->ops);
		file_get(file);
		request->file = file;
	}
	fd_put(reference);
	return error;
}
