/* SPDX-License-Identifier: MIT */
/*
 * ramfs_file.c - regular files in memory: what a write may take of the file system's room, and
 * what a file takes of it (tmpfs(5), size=).
 *
 * The contents are the page cache of the inode; reading, writing and mapping it is
 * cached_file.c's.  Here is only the account: inode->blocks says how many of the file's pages are
 * in the count of the file system, and ramfs_update() brings both up to what the cache has now.
 *
 * Locks: the inode's, which every writer holds, but not faults; the counts change without sleeping.
 */
#include "abi/errno.h"
#include "fs/cached_file.h"
#include "fs/ramfs.h"

/* The bytes up to the first page that there is no room for. */
static int ramfs_write_begin(struct inode *inode, uint64_t position, size_t *bytes)
{
	const struct ramfs *fs = ramfs_of(inode);
	uint64_t first = position >> PAGE_SHIFT, last = (position + *bytes - 1) >> PAGE_SHIFT;
	uint64_t room = fs->max_pages > fs->pages ? fs->max_pages - fs->pages : 0;
	uint64_t index;

	if (!fs->max_pages || last - first < room)
		return 0;
	for (index = first; index <= last; index++) {
		struct frame *frame = page_cache_find(&inode->cache, index);

		if (frame)
			frame_put(frame);
		else if (room-- == 0)
			break;
	}
	if (index > last)
		return 0;
	if (index == first)
		return -ENOSPC;
	*bytes = (index << PAGE_SHIFT) - position;
	return 0;
}

/* The file's share is taken anew: what it had goes, what it has comes. */
static void ramfs_update(struct inode *inode)
{
	uint64_t blocks = inode->cache.page_count * (PAGE_SIZE / 512);

	debug_assert(ramfs_of(inode)->pages >= inode->blocks / (PAGE_SIZE / 512));
	ramfs_of(inode)->pages += blocks / (PAGE_SIZE / 512);
	ramfs_of(inode)->pages -= inode->blocks / (PAGE_SIZE / 512);
	inode->blocks = blocks;
}

/* A page comes in by a map, which holds no lock: it is counted before it is there, so that the next
 * one finds the room that is left; ramfs_update() corrects it should it not come after all. */
static int ramfs_reserve(struct page_cache *cache)
{
	struct inode *inode = cache->owner;
	struct ramfs *fs = ramfs_of(inode);

	ramfs_update(inode);
	if (fs->max_pages && fs->pages >= fs->max_pages)
		return -ENOSPC;
	fs->pages++;
	inode->blocks += PAGE_SIZE / 512;
	return 0;
}

/* Without the inode's lock, as a fault may come where it is held: two words on one processor. */
static void ramfs_map_written(struct page_cache *cache)
{
	inode_touch(cache->owner, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
}

const struct page_cache_ops ramfs_cache_ops = {
	.reserve = ramfs_reserve,
	.map_written = ramfs_map_written,
};

/* Pages are counted where they appear; a truncation's go at the next look. */
const struct inode_ops ramfs_file_inode_ops = {
	.update = ramfs_update,
	.write_begin = ramfs_write_begin,
	.write_end = ramfs_update,
	.evict = ramfs_evict,
};

const struct file_ops ramfs_file_ops = {
	.read = cached_read,
	.write = cached_write,
	.seek = cached_seek,
	.map = cached_map,
	.sync = cached_sync,
	.allocate = cached_allocate,
};
