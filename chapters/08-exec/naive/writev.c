/* SPDX-License-Identifier: MIT */
/*
 * writev.c - writev(2) before there are files, because C libraries print with it: one write after
 * the other.  Chapter 9's fs/ replaces it.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "abi/uio.h"
#include "memory/user_copy.h"

long sys_writev(int fd, user_address vector, uint64_t count)
{
	struct iovec each;
	long done = 0;

	if (count > UIO_MAXIOV)
		return -EINVAL;
	for (uint64_t i = 0; i < count; i++) {
		long written;

		if (user_get(&each, vector + i * sizeof(each), sizeof(each)))
			return done ? done : -EFAULT;
		written = sys_write(fd, each.iov_base, each.iov_len);
		if (written < 0)
			return done ? done : written;
		done += written;
		if ((uint64_t)written < each.iov_len)
			break;
	}
	return done;
}
