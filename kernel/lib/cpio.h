/* SPDX-License-Identifier: MIT */
/*
 * cpio.h - reading archives in cpio's "newc" format (what boot loaders hand over as initrd).
 *
 * An archive is a row of entries: a header of 110 ASCII characters, the name with its NUL, the
 * contents; name and contents are padded to a multiple of 4 bytes from the archive's start.  An
 * entry named TRAILER!!! ends it; behind zeros another archive may follow, as on Linux.
 *
 * The reader trusts nothing: every length is checked against what is left.  It copies nothing:
 * names and contents are pointers into the archive.
 */
#pragma once

#include "lib/types.h"

struct cpio {
	const char *start, *at, *end;
	const char *error; /* why the last cpio_next() failed; NULL: it did not */
};

struct cpio_entry {
	const char *name; /* NUL-terminated, without leading slashes and "./"; "" is the root */
	uint32_t mode, uid, gid, nlink;
	uint32_t mtime;	  /* seconds since 1970 */
	uint32_t inode, device_major, device_minor; /* the same three: hard links of one file */
	uint32_t rdev_major, rdev_minor;
	const char *data;
	uint32_t size; /* bytes at data */
};

void cpio_open(struct cpio *cpio, const void *archive, size_t bytes);
/* 1: *entry is the next; 0: that was all; -EINVAL: malformed (cpio->error says how). */
int cpio_next(struct cpio *cpio, struct cpio_entry *entry);
/* The entry of a regular file by name, as cpio_next(); the last of several counts, as when
 * unpacking. */
int cpio_find(const void *archive, size_t bytes, const char *name, struct cpio_entry *entry);
