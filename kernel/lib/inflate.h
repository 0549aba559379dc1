/* SPDX-License-Identifier: MIT */
/*
 * inflate.h - unpacking "deflate" data (RFC 1951), memory to memory.
 *
 * Nothing is allocated: the tables of both codes are on the stack (about 1.5 KiB). The input is
 * untrusted; neither reading nor writing ever leaves the two buffers.
 */
#pragma once

#include "lib/types.h"

struct inflate_result {
	size_t used;	 /* bytes of the input, the last perhaps in part */
	size_t done;	 /* bytes in the output, also after an error */
	const char *why; /* after an error: what is wrong, for a message */
};

/*
 * Unpacks blocks from `from` up to the one that says it is the last, into `to`.  0; -EINVAL
 * (malformed or cut off), -ENOSPC (more than `room` bytes come out).  Any context: it neither
 * sleeps nor takes a lock.
 */
int inflate(const void *from, size_t bytes, void *to, size_t room, struct inflate_result *result);
