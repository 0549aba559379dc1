/* SPDX-License-Identifier: MIT */
/*
 * file_lock.h - advisory locks: flock(2) on whole files, fcntl(2)'s record locks by process and by
 * open file (F_OFD_*).
 *
 * They bind nobody who does not ask for them: reading and writing do not look.
 */
#pragma once

#include "abi/fcntl.h"
#include "fs/inode.h"

struct files;

/* Waits, and so may sleep, unless LOCK_NB is in `operation` (LOCK_SH, LOCK_EX, LOCK_UN).
 * 0, -EAGAIN, -EBADF, -EINVAL, -EINTR, -ENOMEM (flock(2) says ENOLCK; Linux does not). */
long file_lock_whole(struct file *file, int operation);
/* F_GETLK, F_OFD_GETLK: *lock becomes the lock that is in the way, or says F_UNLCK; never waits. */
long file_lock_get(struct file *file, struct flock *lock, bool by_file);
/* F_SETLK, F_SETLKW: -EAGAIN, -EDEADLK, -EINTR ... */
long file_lock_set(struct file *file, const struct flock *lock, bool by_file, bool wait);
void file_locks_release_file(struct file *file); /* at the last close: flock and F_OFD_ locks */
/* At every close of a descriptor: the record locks of this descriptor table's process. */
void file_locks_release_owner(struct file *file, const struct files *owner);
void file_locks_free(struct inode *inode); /* with the inode: there are none left */

/* ---- between file_lock.c and file_lock_list.c ---- */

enum family { FAMILY_WHOLE, FAMILY_RECORD };

struct file_lock {
	struct list link;	/* in file_locks.held */
	enum family family;
	const void *owner;	/* a struct file, or a struct files for process locks */
	bool exclusive;
	int64_t start, end;	/* bytes, both included */
	int pid;		/* for F_GETLK; -1: of an open file */
};

struct file_locks { /* inode->locks */
	struct list held;
	struct wait_queue released;
};

#define END_OF_FILE INT64_MAX

/* The inode's locks, made if there are none yet; NULL: no memory. */
struct file_locks *file_locks_of(struct inode *inode);
/* The lock of another owner that stands in the way of `wanted`, or NULL. */
struct file_lock *file_lock_conflict(struct file_locks *locks, const struct file_lock *wanted);
/* Puts a copy of `wanted`, with which nothing conflicts, in place of whatever its owner had there;
 * `unlock`: nothing in its place.  Wakes who waits.  0; without memory -ENOMEM for flock,
 * -ENOLCK for fcntl, and then nothing has changed. */
int file_lock_apply(struct file_locks *locks, const struct file_lock *wanted, bool unlock);
/* The end of an owner: all that it has on this inode, of any family.  Cannot fail. */
void file_locks_drop(struct inode *inode, const void *owner);
