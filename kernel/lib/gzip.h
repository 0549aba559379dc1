/* SPDX-License-Identifier: MIT */
/*
 * gzip.h - unpacking gzip (RFC 1952), memory to memory.
 *
 * Nothing is allocated, the input is untrusted (lib/inflate.h).  One member is unpacked; what
 * follows it is not looked at.
 */
#pragma once

#include "lib/types.h"

/* Whether the bytes begin as a gzip member does. */
bool gzip_recognise(const void *from, size_t bytes);
/* The length that the unpacked data claim to have (the last four bytes), or 0.  It is a claim, and
 * modulo 2^32: good for the size of a buffer, no more. */
size_t gzip_size(const void *from, size_t bytes);
/*
 * Unpacks one member into `to`.  The bytes written; or -EINVAL (malformed, cut off, wrong checksum)
 * with a text in *why, -ENOSPC (more than `room`).  What came before an error is in `to`: *done
 * bytes.
 */
ssize_t gzip_unpack(const void *from, size_t bytes, void *to, size_t room, size_t *done,
		    const char **why);
