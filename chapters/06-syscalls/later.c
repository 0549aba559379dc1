/* SPDX-License-Identifier: MIT */
/*
 * later.c - weak stand-ins for the steps that chapter 6 calls and a later chapter supplies.
 *
 * Each is one line of one of three kinds: succeed with nothing to do, refuse with an errno, or
 * panic("not yet").  The complete kernel links none of them.  `holes` beside this file lists
 * those that this chapter's kernel still uses.
 */
#include "abi/errno.h"
#include "memory/mmap.h"

/* Chapter 9: there are no files to map. */
weak int map_file_prepare(int fd, uint64_t prot, uint64_t flags, struct map_request *request)
{
	return -EBADF;
}
