/* SPDX-License-Identifier: MIT */
/*
 * cached_file.c - reading, writing, mapping and reserving the page cache that a regular file is.
 *
 * Writers hold the inode's lock from the look at the size (O_APPEND) to the last byte, so records
 * of concurrent writers never interleave; readers take no lock and stop at the size.  What the
 * file system has to say - room, accounting - it says in write_begin and write_end.
 *
 * Order of a write: append position, RLIMIT_FSIZE and largest size, set-id bits, room, times,
 * bytes. Times move before the bytes, since a copy that faults may have written some.
 *
 * fallocate(2): KEEP_SIZE cannot reserve past the end here (no page lies there); a hole is punched
 * by dropping whole pages from the cache, which is also what every mapping then sees.
 */
#include "fs/cached_file.h"
#include "abi/errno.h"
#include "abi/signal.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "task/process.h"
#include "task/signal.h"

#define SIZE_MAX_BYTES 0x7fffffffffffffffUL /* s_maxbytes */

/* Without a lock: the size is read once, and a page that is dropped meanwhile is still counted by
 * who copies from it. */
ssize_t cached_read(struct file *file, struct io *to, loff_t *position)
{
	struct inode *inode = file->inode;
	ssize_t moved = page_cache_read(&inode->cache, to, *position);

	if (moved > 0)
		*position += moved;
	if (moved >= 0 && !(file->flags & O_NOATIME))
		/* POSIX: also by a read that found nothing, at the end of the file. */
		inode_accessed(file->path.mount, inode);
	return moved;
}

int file_write_limit(const struct file *file, uint64_t position, size_t *bytes)
{
	uint64_t limit = task_limit(RLIMIT_FSIZE);

	if (position >= limit) {
		signal_send_task(current, SIGXFSZ, NULL);
		return -EFBIG;
	}
	if (position >= SIZE_MAX_BYTES)
		return -EFBIG;
	/* A write that begins below the limit is cut there and succeeds; only the next one
	 * fails. */
	limit = min(limit, SIZE_MAX_BYTES);
	*bytes = min(*bytes, limit - position);
	return 0;
}

/* Under the inode's lock: everything that may refuse or shorten the write, then the bytes. */
static ssize_t write_locked(struct file *file, struct io *from, loff_t *position)
{
	struct inode *inode = file->inode;
	size_t bytes = from->left, rest;
	ssize_t moved;
	int error;

	debug_assert(mutex_held(&inode->lock) && S_ISREG(inode->mode));
	if (file->flags & O_APPEND)
		*position = inode_size(inode);
	error = file_write_limit(file, *position, &bytes);
	if (!error)
		error = inode_strip_privileges(inode);
	if (!error && inode->ops->write_begin)
		error = inode->ops->write_begin(inode, *position, &bytes);
	if (error)
		return error;
	/* The io is cut for the copy and made whole again: the caller counts what is left. */
	rest = from->left - bytes;
	from->left = bytes;
	inode_touch(inode, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
	moved = page_cache_write(&inode->cache, from, *position);
	from->left += rest;
	if (inode->ops->write_end)
		inode->ops->write_end(inode);
	return moved;
}

/* Nothing to write is success before any check, and moves no time (write(2)). */
ssize_t cached_write(struct file *file, struct io *from, loff_t *position)
{
	ssize_t moved;

	if (!from->left)
		return 0;
	mutex_acquire(&file->inode->lock);
	moved = write_locked(file, from, position);
	mutex_release(&file->inode->lock);
	if (moved > 0)
		*position += moved;
	return moved;
}

/* -EINVAL for a negative one; beyond the end is allowed (lseek(2)). */
static loff_t position_set(struct file *file, loff_t position)
{
	if (position < 0)
		return -EINVAL;
	file->position = position;
	return position;
}

/* lseek(2): data are the pages that are present; there is always a hole at the end. */
static loff_t seek_data_or_hole(struct file *file, loff_t offset, bool data)
{
	struct page_cache *cache = &file->inode->cache;
	loff_t size = inode_size(file->inode), found;
	uint64_t index;

	if (offset < 0 || offset >= size)
		return -ENXIO;
	index = data ? page_cache_next_present(cache, offset >> PAGE_SHIFT)
		     : page_cache_next_absent(cache, offset >> PAGE_SHIFT);
	/* No page at or behind: no data any more, or the hole that is always at the end. */
	if (index >= (uint64_t)(size + PAGE_SIZE - 1) >> PAGE_SHIFT) {
		if (data)
			return -ENXIO;
		return position_set(file, size);
	}
	found = index << PAGE_SHIFT;
	return position_set(file, max(found, offset));
}

loff_t cached_seek(struct file *file, loff_t offset, int whence)
{
	loff_t base = 0;

	if (whence == SEEK_DATA || whence == SEEK_HOLE)
		return seek_data_or_hole(file, offset, whence == SEEK_DATA);
	if (whence == SEEK_CUR)
		base = file->position;
	else if (whence == SEEK_END)
		base = inode_size(file->inode);
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (__builtin_add_overflow(base, offset, &offset))
		return -EINVAL; /* Linux wraps to a negative position, which is EINVAL as well */
	return position_set(file, offset);
}

loff_t directory_seek(struct file *file, loff_t offset, int whence)
{
	if (whence != SEEK_CUR && whence != SEEK_SET)
		return -EINVAL;
	if (whence == SEEK_CUR && __builtin_add_overflow(offset, file->position, &offset))
		return -EINVAL;
	return position_set(file, offset);
}

int cached_map(struct file *file, struct map_request *request)
{
	request->ops = &cache_ops;
	request->cache = &file->inode->cache;
	inode_accessed(file->path.mount, file->inode);
	return 0;
}

int cached_sync(struct file *file, bool data_only)
{
	return 0;
}

/* Zeroes [start, end) within one page that is present. */
static void zero_part(struct page_cache *cache, uint64_t start, uint64_t end)
{
	struct frame *frame = start < end ? page_cache_find(cache, start >> PAGE_SHIFT) : NULL;

	if (!frame)
		return;
	debug_assert(start >> PAGE_SHIFT == (end - 1) >> PAGE_SHIFT);
	memset((char *)frame_address(frame) + start % PAGE_SIZE, 0, end - start);
	frame_put(frame);
}

/* fallocate(2)'s FALLOC_FL_PUNCH_HOLE: whole pages go, the edges become zeros. */
static void punch_hole(struct inode *inode, uint64_t start, uint64_t end)
{
	struct page_cache *cache = &inode->cache;
	uint64_t first = (start + PAGE_SIZE - 1) >> PAGE_SHIFT, last = end >> PAGE_SHIFT;

	if (start >> PAGE_SHIFT == end >> PAGE_SHIFT) {
		zero_part(cache, start, end);
		return;
	}
	zero_part(cache, start, round_up(start, PAGE_SIZE));
	zero_part(cache, round_down(end, PAGE_SIZE), end);
	if (first >= last)
		return;
	areas_unmap_cache(cache, first, last - 1, false);
	page_cache_drop_range(cache, first, last - 1);
	areas_unmap_cache(cache, first, last - 1, false); /* what a fault put in meanwhile */
}

/* Makes the pages of [start, end) exist, one by one and each with the file system's leave: so a
 * limit is met in the middle and not passed, and the pages before it stay. */
static int pages_reserve(struct inode *inode, uint64_t start, uint64_t end)
{
	struct frame *frame;
	int error = 0;

	assert(mutex_held(&inode->lock));
	for (uint64_t at = round_down(start, PAGE_SIZE); at < end && !error; at += PAGE_SIZE) {
		size_t bytes = 1;

		if (inode->ops->write_begin)
			error = inode->ops->write_begin(inode, at, &bytes);
		if (!error)
			error = page_cache_obtain(&inode->cache, at >> PAGE_SHIFT, &frame);
		if (!error)
			frame_put(frame);
		if (inode->ops->write_end)
			inode->ops->write_end(inode);
	}
	return error;
}

/* [start, end) is not empty and its end does not overflow: the caller has looked. */
static int allocate_locked(struct file *file, int mode, uint64_t start, uint64_t end)
{
	struct inode *inode = file->inode;
	uint64_t size = inode_size(inode);
	size_t bytes = end - start;
	int error;

	debug_assert(mutex_held(&inode->lock) && start < end);
	if (mode & FALLOC_FL_PUNCH_HOLE) {
		punch_hole(inode, start, min(end, round_up(size, PAGE_SIZE)));
		if (inode->ops->update)
			inode->ops->update(inode);
		return 0;
	}
	if (!(mode & FALLOC_FL_KEEP_SIZE) && end > size) {
		error = file_write_limit(file, max(start, end - 1), &bytes);
		if (error)
			return error;
	}
	if (mode & FALLOC_FL_KEEP_SIZE)
		end = min(end, round_up(size, PAGE_SIZE)); /* no page lies past the end of a file */
	else if (end > size)
		page_cache_truncate(&inode->cache, end);
	error = pages_reserve(inode, start, end);
	/* All or nothing: the size goes back; pages that were made stay within what existed. */
	if (error && inode_size(inode) > size)
		page_cache_truncate(&inode->cache, size);
	return error;
}

int cached_allocate(struct file *file, int mode, loff_t offset, loff_t length)
{
	struct inode *inode = file->inode;
	int error;

	if (mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	mutex_acquire(&inode->lock);
	error = inode_strip_privileges(inode);
	if (!error)
		error = allocate_locked(file, mode, offset, offset + length);
	if (!error)
		inode_touch(inode, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
	mutex_release(&inode->lock);
	return error;
}
