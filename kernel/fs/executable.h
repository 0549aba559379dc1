/* SPDX-License-Identifier: MIT */
/*
 * executable.h - a file that shall be run: its contents as a page cache, and what running it gives.
 *
 * While a program runs, its file cannot be opened for writing, and a file that is open for writing
 * cannot be run (-ETXTBSY).  So executable_open() denies writing; the denial lasts as long as the
 * file object does (its last count lifts it) or until executable_allow_write().
 */
#pragma once

#include "memory/page_cache.h"

struct file;

struct executable {
	struct page_cache *cache; /* valid while the file is counted */
	struct file *file;	  /* counted; NULL: straight from the boot archive */
	uint32_t mode, uid, gid;  /* of the inode: set-user-ID and set-group-ID */
	bool may_set_id;	  /* not on a mount with nosuid */
	bool unreadable;	  /* by who runs it: the space is not for him to look into */
	bool unreachable;	  /* named by a close-on-exec descriptor: scripts cannot work */
};

/*
 * Resolves `path` from `directory` (a descriptor or AT_FDCWD; flags: AT_EMPTY_PATH,
 * AT_SYMLINK_NOFOLLOW) as execveat(2) says, and fills *to.
 * -EACCES when it is no regular file, lacks execute permission or its mount is noexec; -ETXTBSY;
 * -ELOOP for a symbolic link that was not to be followed; and what path look-up gives.
 */
int executable_open(int directory, const char *path, int flags, struct executable *to);
/* Drops the file; takes back the denial only (of interpreters, once they are mapped). */
void executable_close(struct executable *executable);
void executable_allow_write(struct executable *executable);
/* Whether another task has the same current directory and root as the current one (CLONE_FS). */
bool fs_context_is_shared(void);
