/* SPDX-License-Identifier: MIT */
/*
 * cached_file.h - regular files whose contents are the page cache in the inode: the file
 * operations that ramfs and the file systems on disk have in common.
 *
 * All but cached_read() and cached_map() take the inode's lock; cached_sync() has nothing below to
 * write to. See file.h, struct file_ops, for what each may return.
 */
#pragma once

#include "fs/file.h"

ssize_t cached_read(struct file *file, struct io *to, loff_t *position);
ssize_t cached_write(struct file *file, struct io *from, loff_t *position);
loff_t cached_seek(struct file *file, loff_t offset, int whence); /* SEEK_DATA, SEEK_HOLE too */
int cached_map(struct file *file, struct map_request *request);
int cached_sync(struct file *file, bool data_only); /* nothing below: done */
int cached_allocate(struct file *file, int mode, loff_t offset, loff_t length);
