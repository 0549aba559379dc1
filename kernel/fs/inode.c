/* SPDX-License-Identifier: MIT */
/*
 * inode.c - the life of inodes: made by a file system, counted, evicted with the last reference.
 *
 * An inode's count is a plain number, as a dentry's (dentry.h).  A superblock counts its live
 * inodes, so that leaks show and numbers never repeat within it.
 *
 * Locks: an inode's own lock is for its users; here only the superblock's counts change, without
 * one. inode_put() may sleep (evict), so it is called with no spinlock held.
 *
 * writers: > 0 counts who may write, < 0 counts who executes; 0 allows either to come. Both sides
 * so exclude each other without a lock (ETXTBSY, execve(2) and open(2)).
 */
#include "fs/inode.h"
#include "abi/errno.h"
#include "abi/mount.h"
#include "fs/file_lock.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/heap.h"
#include "task/clock.h"

static struct slab_cache inode_cache = SLAB_CACHE_RECLAIMABLE("inode", struct inode);
static uint64_t used;

uint64_t inodes_used(void)
{
	return used;
}

struct timespec inode_now(void)
{
	return timespec_of(clock_realtime());
}

/* Without ops: they are the file system's, who sets them before anybody else sees the inode.  The
 * number is the next of the superblock; a file system that has its own puts it in its place. */
struct inode *inode_create(struct superblock *superblock, uint32_t mode)
{
	struct inode *inode = slab_alloc_zeroed(&inode_cache);

	if (!inode)
		return NULL;
	assert(superblock && (mode & S_IFMT));
	inode->count = 1;
	inode->mode = mode;
	inode->nlink = 1;
	inode->number = ++superblock->next_inode;
	inode->superblock = superblock;
	inode->atime = inode->mtime = inode->ctime = inode_now();
	mutex_init(&inode->lock);
	page_cache_init(&inode->cache, NULL, inode);
	list_init(&inode->link);
	superblock->inodes_used++;
	used++;
	return inode;
}

void inode_get(struct inode *inode)
{
	debug_assert(inode->count > 0);
	inode->count++;
}

/* Nobody can find an inode with count 0 again: look-up goes through dentries, and each that is
 * positive has a count. */
void inode_put(struct inode *inode)
{
	assert(inode->count > 0);
	if (--inode->count > 0)
		return;
	assert(!inode->pipe && !mutex_held(&inode->lock) && inode->writers == 0);
	if (inode->ops && inode->ops->evict)
		/* The file system lets go of what it keeps; the pages are still there and may be
		 * written below. */
		inode->ops->evict(inode);
	file_locks_free(inode);
	page_cache_destroy(&inode->cache);
	list_remove(&inode->link);
	debug_assert(inode->superblock->inodes_used > 0 && used > 0);
	inode->superblock->inodes_used--;
	used--;
	slab_free(&inode_cache, inode);
}

void inode_touch(struct inode *inode, unsigned attributes)
{
	struct timespec now = inode_now();

	if (attributes & ATTRIBUTE_ATIME)
		inode->atime = now;
	if (attributes & ATTRIBUTE_MTIME)
		inode->mtime = now;
	if (attributes & ATTRIBUTE_CTIME)
		inode->ctime = now;
}

/* Strictly: equal times are not before each other. */
static bool is_before(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec < b->tv_sec || (a->tv_sec == b->tv_sec && a->tv_nsec < b->tv_nsec);
}

/* relatime of mount(8): only what tells something new - that it was read after the last change - or
 * once a day, so that reading does not make every inode dirty. */
static bool atime_is_stale(const struct inode *inode, const struct timespec *now)
{
	return !is_before(&inode->mtime, &inode->atime) ||
	       !is_before(&inode->ctime, &inode->atime) ||
	       now->tv_sec - inode->atime.tv_sec >= 24 * 60 * 60;
}

/* Without the inode's lock: an access time that is overtaken by a later one is as good. */
void inode_accessed(const struct mount *mount, struct inode *inode)
{
	unsigned flags = inode->superblock->flags | (mount ? mount->flags : 0);
	struct timespec now;

	if (flags & (MS_NOATIME | MS_RDONLY))
		return;
	if ((flags & MS_NODIRATIME) && S_ISDIR(inode->mode))
		return;
	now = inode_now();
	if (!(flags & MS_RELATIME) || atime_is_stale(inode, &now))
		inode->atime = now;
}

/* Opening for writing, and truncate(2), which writes without opening. */
int inode_write_get(struct inode *inode)
{
	if (inode->writers < 0)
		return -ETXTBSY;
	inode->writers++;
	return 0;
}

void inode_write_put(struct inode *inode)
{
	assert(inode->writers > 0);
	inode->writers--;
}

/* Executing: each program that runs the file has one count, so several may. */
int inode_write_deny(struct inode *inode)
{
	if (inode->writers > 0)
		return -ETXTBSY;
	inode->writers--;
	return 0;
}

void inode_write_allow(struct inode *inode)
{
	assert(inode->writers < 0);
	inode->writers++;
}
