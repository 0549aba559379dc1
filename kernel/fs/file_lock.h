/* SPDX-License-Identifier: MIT */
/*
 * file_lock.h - advisory locks: flock(2) on whole files, fcntl(2)'s record locks by process and by
 * open file (F_OFD_*).
 */
#pragma once

#include "abi/fcntl.h"
#include "fs/inode.h"

struct files;

long file_lock_whole(struct file *file, int operation);	      /* flock */
long file_lock_get(struct file *file, struct flock *lock, bool by_file); /* F_GETLK, F_OFD_GETLK */
/* F_SETLK, F_SETLKW: -EAGAIN, -EDEADLK, -EINTR ... */
long file_lock_set(struct file *file, const struct flock *lock, bool by_file, bool wait);
void file_locks_release_file(struct file *file); /* at the last close: flock and F_OFD_ locks */
/* At every close of a descriptor: the record locks of this descriptor table's process. */
void file_locks_release_owner(struct file *file, const struct files *owner);
void file_locks_free(struct inode *inode); /* with the inode: there are none left */
