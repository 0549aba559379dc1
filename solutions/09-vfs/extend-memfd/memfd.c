/* SPDX-License-Identifier: MIT */
/* new in fs/memfd.c */
/*
 * memfd.c - memfd_create(2): a file in memory without a name, and seals, which forbid for good.
 *
 * Such a file is an inode of ramfs in a superblock that is mounted nowhere and has no limits.  Its operations
 * are ramfs's, each behind a look at the seals: before bytes (write_begin), before a new size
 * (set_attributes), before fallocate(2) and mmap(2).
 *
 * Seals belong to the inode (private_number, which ramfs leaves to us for regular files) and only become
 * more.  F_SEAL_SEAL forbids that, too; without MFD_ALLOW_SEALING a file has it from the start.  Who seals
 * against writing must not be undone by a map that can write already: then EBUSY.
 *
 * Locks: the inode's, under which seals are set and looked at, but for mmap's look: the maps are counted
 * after a seal was set, under no lock that can sleep in between.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/mman.h"
#include "abi/syscalls.h"
#include "fs/cached_file.h"
#include "fs/file.h"
#include "fs/ramfs.h"
#include "lib/assert.h"
#include "lib/printf.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/task.h"

#define MFD_CLOEXEC	  1
#define MFD_ALLOW_SEALING 2

#define F_SEAL_SEAL	    0x01
#define F_SEAL_SHRINK	    0x02
#define F_SEAL_GROW	    0x04
#define F_SEAL_WRITE	    0x08
#define F_SEAL_FUTURE_WRITE 0x10 /* as WRITE, but maps that are there may go on */
#define SEALS_KNOWN	    0x1f
#define SEALS_WRITE	    (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)

#define NAME_MOST 249 /* bytes: NAME_MAX without "memfd:" */

static const struct superblock_ops memfd_superblock_ops = { 0 };
static const struct file_system memfd_type = { .name = "tmpfs" };
static struct ramfs memfd_fs; /* zeros: no limits */
static struct superblock memfd_superblock = {
	.count = 1, .type = &memfd_type, .ops = &memfd_superblock_ops, .private = &memfd_fs,
};

static bool is_sealed(const struct inode *inode, uint64_t seals)
{
	return inode->private_number & seals;
}

/* ---- what is ramfs's, behind a look at the seals ---- */

static void memfd_update(struct inode *inode)
{
	ramfs_file_inode_ops.update(inode);
}

/* Whole pages that end within the size may be written to where growing is forbidden. */
static int memfd_write_begin(struct inode *inode, uint64_t position, size_t *bytes)
{
	uint64_t size = inode_size(inode), last = round_down(size, PAGE_SIZE);

	assert(mutex_held(&inode->lock));
	if (is_sealed(inode, SEALS_WRITE))
		return -EPERM;
	if (is_sealed(inode, F_SEAL_GROW) && position + *bytes > size) {
		if (last <= position)
			return -EPERM;
		*bytes = last - position;
	}
	return ramfs_file_inode_ops.write_begin(inode, position, bytes);
}

static int memfd_set_attributes(struct inode *inode, const struct attributes *attributes)
{
	uint64_t size = inode_size(inode);

	if (!(attributes->valid & ATTRIBUTE_SIZE))
		return 0;
	if (attributes->size < size && is_sealed(inode, F_SEAL_SHRINK))
		return -EPERM;
	return attributes->size > size && is_sealed(inode, F_SEAL_GROW) ? -EPERM : 0;
}

/* Under the lock only for the look: a seal that comes later finds what was made. */
static int memfd_allocate(struct file *file, int mode, loff_t offset, loff_t length)
{
	struct inode *inode = file->inode;
	bool refused;

	mutex_acquire(&inode->lock);
	if (mode & FALLOC_FL_PUNCH_HOLE)
		refused = is_sealed(inode, SEALS_WRITE);
	else
		refused = is_sealed(inode, F_SEAL_GROW) &&
			  (uint64_t)(offset + length) > inode_size(inode);
	mutex_release(&inode->lock);
	return refused ? -EPERM : cached_allocate(file, mode, offset, length);
}

/* A shared map may read, and never gets the right to write from mprotect(2); so it is none of those that
 * has_writable_maps() counts. */
static int memfd_map(struct file *file, struct map_request *request)
{
	if (request->flags & AREA_SHARED && is_sealed(file->inode, SEALS_WRITE)) {
		if (request->flags & AREA_WRITE)
			return -EPERM;
		request->flags &= ~(uint32_t)AREA_MAY_WRITE;
	}
	return cached_map(file, request);
}

static const struct inode_ops memfd_inode_ops = {
	.update = memfd_update,
	.write_begin = memfd_write_begin,
	.write_end = memfd_update,
	.set_attributes = memfd_set_attributes,
	.evict = ramfs_evict,
};

static const struct file_ops memfd_ops = {
	.read = cached_read,
	.write = cached_write,
	.seek = cached_seek,
	.map = memfd_map,
	.sync = cached_sync,
	.allocate = memfd_allocate,
};

/* ---- seals ---- */

/* Such that could be made writable by mprotect(2) among them. */
static bool has_writable_maps(struct page_cache *cache)
{
	uint64_t interrupts = spinlock_acquire(&cache->areas_lock);
	struct area *area;
	bool found = false;

	list_for_each(area, &cache->areas, cache_link)
		found |= (area->flags & (AREA_SHARED | AREA_MAY_WRITE)) == (AREA_SHARED | AREA_MAY_WRITE);
	spinlock_release(&cache->areas_lock, interrupts);
	return found;
}

static int seals_add(struct inode *inode, unsigned seals)
{
	if (is_sealed(inode, F_SEAL_SEAL))
		return -EPERM;
	if (seals & F_SEAL_WRITE && !is_sealed(inode, F_SEAL_WRITE) && has_writable_maps(&inode->cache))
		return -EBUSY;
	inode->private_number |= seals;
	return 0;
}

/* fcntl(2), F_ADD_SEALS and F_GET_SEALS. */
long file_seals(struct file *file, int command, user_address argument);
long file_seals(struct file *file, int command, user_address argument)
{
	struct inode *inode = file->inode;
	bool has_seals = inode->ops == &memfd_inode_ops;
	int error;

	if (command == F_GET_SEALS)
		return has_seals ? (long)inode->private_number : -EINVAL;
	if (!(file->mode & FILE_WRITE))
		return -EPERM;
	if ((unsigned)argument & ~SEALS_KNOWN || !has_seals)
		return -EINVAL;
	mutex_acquire(&inode->lock);
	error = seals_add(inode, (unsigned)argument);
	mutex_release(&inode->lock);
	return error;
}

/* ---- the call ---- */

static struct inode *memfd_inode_create(int flags, int *error)
{
	struct inode *inode;

	if (!memfd_superblock.device)
		memfd_superblock.device = device_number_anonymous();
	inode = ramfs_inode_create(&memfd_superblock, S_IFREG | 0777, error);
	if (!inode)
		return NULL;
	inode->nlink = 0;
	inode->uid = current->credentials->fsuid;
	inode->gid = current->credentials->fsgid;
	inode->ops = &memfd_inode_ops;
	inode->file_ops = &memfd_ops;
	inode->private_number = flags & MFD_ALLOW_SEALING ? 0 : F_SEAL_SEAL;
	return inode;
}

static int memfd_open(const char *name, int flags, struct file **to)
{
	char shown[NAME_MAX + 1]; /* as /proc shows it; the end of the longest names is lost */
	struct inode *inode;
	int error;

	snprintf(shown, sizeof(shown), "/memfd:%s (deleted)", name);
	inode = memfd_inode_create(flags, &error);
	if (!inode)
		return error;
	error = file_create_anonymous(shown, inode, &memfd_ops, O_RDWR | O_LARGEFILE, NULL, to);
	if (error)
		inode_put(inode);
	return error;
}

long sys_memfd_create(user_address from, int flags)
{
	char name[NAME_MOST + 1];
	struct file *file;
	long length;
	int fd, error;

	if (flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING))
		return -EINVAL; /* MFD_HUGETLB: there are no huge pages to make files of */
	length = user_read_string(name, from, sizeof(name));
	if (length < 0)
		return length == -ENAMETOOLONG ? -EINVAL : length;
	fd = fd_reserve(0, flags & MFD_CLOEXEC);
	if (fd < 0)
		return fd;
	error = memfd_open(name, flags, &file);
	if (error) {
		fd_release(fd);
		return error;
	}
	fd_install(fd, file);
	return fd;
}
