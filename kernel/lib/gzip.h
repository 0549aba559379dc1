/* SPDX-License-Identifier: MIT */
/*
 * inflate.h - unpacking "deflate" data (RFC 1951) in a gzip wrapper (RFC 1952), memory to memory.
 *
 * Nothing is allocated: the tables of both codes are on the stack (about 1.3 KiB). The input is
 * untrusted; neither reading nor writing ever leaves the two buffers.
 */
#pragma once

#include "lib/types.h"

/* Whether the bytes begin as a gzip member does. */
bool gzip_recognise(const void *from, size_t bytes);
/* The length that the unpacked data claim to have (the last four bytes), or 0. */
size_t gzip_size(const void *from, size_t bytes);
/*
 * Unpacks one member into `to`.  The bytes written; or -EINVAL (malformed, cut off, wrong checksum)
 * with a text in *why, -ENOSPC (more than `room`).  What came before an error is in `to`: *done
 * bytes.
 */
ssize_t gzip_unpack(const void *from, size_t bytes, void *to, size_t room, size_t *done,
		    const char **why);
