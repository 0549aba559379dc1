/* SPDX-License-Identifier: MIT */
/*
 * map_prepare.c - mmap(2)'s step into files: may this descriptor be mapped so, and what is mapped.
 *
 * Order of errors as on Linux (mmap(2)): EBADF, the request's own, EOVERFLOW, the flags, EACCES,
 * EPERM, ENODEV.  Rights are those of the descriptor, not of the caller now: who opened for reading
 * only may map privately and write to his copy, but never share his writes.
 *
 * The file is counted for the area; ops->map fills in what is mapped.
 */
#include "abi/errno.h"
#include "abi/mman.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/mmap.h"

/* What MAP_SHARED_VALIDATE knows (LEGACY_MAP_MASK in Linux, and MAP_SYNC is not for us). */
#define MAP_KNOWN                                                                                  \
	(MAP_TYPE | MAP_FIXED | MAP_ANONYMOUS | MAP_32BIT | MAP_GROWSDOWN | MAP_DENYWRITE |        \
	 MAP_EXECUTABLE | MAP_LOCKED | MAP_NORESERVE | MAP_POPULATE | MAP_NONBLOCK | MAP_STACK |   \
	 MAP_HUGETLB | (uint64_t)MAP_HUGE_MASK << MAP_HUGE_SHIFT)

/* Files end at the largest position; what has no positions ends with the numbers. */
static int end_check(const struct file *file, const struct map_request *request)
{
	uint64_t end;

	if (__builtin_add_overflow(request->offset, round_up(request->bytes, PAGE_SIZE), &end) ||
	    ((file->mode & FILE_SEEKABLE) && S_ISREG(file->inode->mode) && end > INT64_MAX))
		return -EOVERFLOW;
	return 0;
}

static int type_check(uint64_t flags)
{
	switch (flags & MAP_TYPE) {
	case MAP_SHARED:
	case MAP_PRIVATE:
		return 0;
	case MAP_SHARED_VALIDATE:
		return flags & ~MAP_KNOWN ? -EOPNOTSUPP : 0;
	default:
		return -EINVAL;
	}
}

/* 0, -EACCES, -EPERM; takes from request->flags what mprotect(2) may not add later. */
static int rights_check(const struct file *file, uint64_t prot, uint64_t flags,
			struct map_request *request)
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

/* All that can be said before the file's own operation is asked. */
static int file_check(const struct file *file, uint64_t prot, uint64_t flags,
		      struct map_request *request)
{
	int error = flags & MAP_HUGETLB ? -EINVAL : map_request_check(request, flags);

	if (!error)
		error = end_check(file, request);
	if (!error)
		error = type_check(flags);
	if (!error)
		error = rights_check(file, prot, flags, request);
	if (!error && !file->ops->map)
		error = -ENODEV;
	if (!error && (flags & MAP_GROWSDOWN))
		error = -EINVAL;
	return error;
}

int map_file_prepare(int fd, uint64_t prot, uint64_t flags, struct map_request *request)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	int error;

	if (!file)
		return -EBADF;
	error = file_check(file, prot, flags, request);
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
