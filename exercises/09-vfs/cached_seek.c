/* SPDX-License-Identifier: MIT */
/* in fs/cached_file.c */
/*
 * cached_seek - lseek(2) of a regular file: the new position, or -EINVAL and nothing changes.
 *
 * SEEK_SET, SEEK_CUR and SEEK_END count from 0, the file's position, and the file's size (inode_size()).
 * A position may lie far behind the end: nothing happens to the file until something is written there.
 * It may not be negative, and the sum may not overflow: both -EINVAL; any other `whence`, too.
 * SEEK_DATA and SEEK_HOLE are seek_data_or_hole()'s.
 *
 * Hint 1: position_set() sets file->position, and refuses a negative one.
 * Hint 2: signed overflow is undefined in C: __builtin_add_overflow(a, b, &sum) says whether it happened.
 */
loff_t cached_seek(struct file *file, loff_t offset, int whence)
{
	exercise("cached_seek");
}
