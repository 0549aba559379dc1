/* SPDX-License-Identifier: MIT */
/*
 * statfs.c - whole file systems: statfs(2), and writing back what is below: sync(2), fsync(2).
 *
 * Nothing lies below file systems in memory: their sync is nothing to do, and succeeds. Errors:
 * those of look-up, EBADF, EFAULT, EINVAL for what cannot be synced (pipes, terminals).
 *
 * f_bfree counts what root may use, f_bavail what others may; nobody reserves anything here.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/user_copy.h"

/* The MS_ and the ST_ bits are the same but for two. */
static int64_t statfs_flags(const struct mount *mount)
{
	unsigned flags = mount->flags | (mount->superblock->flags & MS_RDONLY);
	int64_t shown = ST_VALID | (flags & (ST_RDONLY | ST_NOSUID | ST_NODEV | ST_NOEXEC |
					     ST_SYNCHRONOUS | ST_NOATIME | ST_NODIRATIME));

	if (flags & MS_NOSYMFOLLOW)
		shown |= ST_NOSYMFOLLOW;
	return flags & MS_RELATIME ? shown | ST_RELATIME : shown;
}

/* What is true of any file system, then its own figures, then what belongs to the mount: one file
 * system may be mounted with different flags (statfs(2), f_flags).  f_fsid tells file systems
 * apart. */
static long statfs_put(const struct path *path, user_address to)
{
	struct superblock *superblock = path->dentry->superblock;
	struct statfs status = {
		.f_type = PIPEFS_MAGIC, .f_bsize = PAGE_SIZE, .f_namelen = NAME_MAX};

	if (superblock->ops->statfs)
		superblock->ops->statfs(superblock, &status);
	assert(status.f_bsize > 0 && status.f_bavail <= status.f_blocks);
	status.f_frsize = status.f_bsize;
	status.f_fsid.val[0] = (int32_t)superblock->device;
	status.f_flags = statfs_flags(path->mount);
	return user_put(to, &status, sizeof(status));
}

long sys_statfs(user_address name, user_address to)
{
	struct path path;
	long error = path_lookup_user(AT_FDCWD, name, LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	error = statfs_put(&path, to);
	path_put(&path);
	return error;
}

long sys_fstatfs(int fd, user_address to)
{
	struct fd_reference reference = fd_get_any(fd);
	long error;

	if (!reference.file)
		return -EBADF;
	error = statfs_put(&reference.file->path, to);
	fd_put(reference);
	return error;
}

/* May sleep for long: it waits until all is below. */
static int superblock_sync(struct superblock *superblock)
{
	return superblock->ops->sync ? superblock->ops->sync(superblock) : 0;
}

/* Each file system once for each of its mounts: the second time nothing is dirty. Errors are not
 * told to anybody (sync(2)). */
long sys_sync(void)
{
	struct mount *mount;

	mutex_acquire(&mounts_lock);
	list_for_each(mount, &all_mounts, link)
		superblock_sync(mount->superblock);
	mutex_release(&mounts_lock);
	return 0;
}

long sys_syncfs(int fd)
{
	struct fd_reference reference = fd_get(fd);
	long error;

	if (!reference.file)
		return -EBADF;
	error = superblock_sync(reference.file->inode->superblock);
	fd_put(reference);
	return error;
}

/* fsync(2), EINVAL: what has no operation, such as a pipe, cannot be written back. */
static long file_sync(int fd, bool data_only)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	long error;

	if (!file)
		return -EBADF;
	error = file->ops->sync ? file->ops->sync(file, data_only) : -EINVAL;
	fd_put(reference);
	return error;
}

long sys_fsync(int fd)
{
	return file_sync(fd, false);
}

long sys_fdatasync(int fd)
{
	return file_sync(fd, true);
}
