/* SPDX-License-Identifier: MIT */
/*
 * stat.c - what a file is: the stat(2) family, statx(2), readlink(2), access(2).
 *
 * Errors: those of look-up; EBADF; EFAULT; EINVAL for flags; access(2): EACCES, EROFS for writing
 * where the mount is read-only, EINVAL for a mode with other bits; readlink(2): EINVAL for a size
 * that is not positive and for what is no link.
 *
 * Every call first lets the file system bring the inode up to date (ops->update): blocks of tmpfs
 * are counted there. Times and sizes are read word by word, without the inode's lock.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/task.h"

/* What a file system counts only when somebody asks: the blocks of a tmpfs file. */
static void inode_update(struct inode *inode)
{
	if (inode->ops && inode->ops->update)
		inode->ops->update(inode);
}

/* The struct is filled whole, padding included, so that nothing of the kernel's stack leaks out.
 * st_blksize is what a program should read at once, st_blocks counts 512-byte units whatever that
 * is. */
static long stat_put(const struct path *path, user_address to)
{
	struct inode *inode = path->dentry->inode;
	struct stat status;

	inode_update(inode);
	debug_assert(inode->count > 0 && inode->number != 0);
	status = (struct stat){
		.st_dev = inode->superblock->device,
		.st_ino = inode->number,
		.st_nlink = inode->nlink,
		.st_mode = inode->mode,
		.st_uid = inode->uid,
		.st_gid = inode->gid,
		.st_rdev = inode->device,
		.st_size = inode_size(inode),
		.st_blksize = PAGE_SIZE,
		.st_blocks = inode->blocks,
		.st_atime = inode->atime.tv_sec,
		.st_atime_nsec = inode->atime.tv_nsec,
		.st_mtime = inode->mtime.tv_sec,
		.st_mtime_nsec = inode->mtime.tv_nsec,
		.st_ctime = inode->ctime.tv_sec,
		.st_ctime_nsec = inode->ctime.tv_nsec,
	};
	return user_put(to, &status, sizeof(status));
}

/* Needs search permission on the way, none on the file itself (stat(2)). */
static long stat_name(int dirfd, user_address name, unsigned lookup, user_address to)
{
	struct path path;
	long error = path_lookup_user(dirfd, name, lookup, &path);

	if (error)
		return error;
	error = stat_put(&path, to);
	path_put(&path);
	return error;
}

long sys_stat(user_address name, user_address to)
{
	return stat_name(AT_FDCWD, name, LOOKUP_FOLLOW, to);
}

long sys_lstat(user_address name, user_address to)
{
	return stat_name(AT_FDCWD, name, 0, to);
}

long sys_fstat(int fd, user_address to)
{
	struct fd_reference reference = fd_get_any(fd);
	long error;

	if (!reference.file)
		return -EBADF;
	error = stat_put(&reference.file->path, to);
	fd_put(reference);
	return error;
}

/* The AT_ flags that the look-up understands; -EINVAL for others. */
static int lookup_flags(int flags, unsigned *lookup)
{
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | AT_STATX_SYNC_TYPE))
		return -EINVAL;
	*lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
		  (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
	return 0;
}

/* fstat by another name: newfstatat(fd, "", AT_EMPTY_PATH), which libraries call for it. */
static bool names_descriptor(int dirfd, user_address name, int flags)
{
	char first;

	return (flags & AT_EMPTY_PATH) && dirfd >= 0 && user_get(&first, name, 1) == 0 && !first;
}

long sys_newfstatat(int dirfd, user_address name, user_address to, int flags)
{
	unsigned lookup;
	int error = lookup_flags(flags, &lookup);

	if (error)
		return error;
	if (names_descriptor(dirfd, name, flags))
		return sys_fstat(dirfd, to);
	return stat_name(dirfd, name, lookup, to);
}

/* The reserved field of a timestamp is zero. */
static struct statx_timestamp timestamp_of(const struct timespec *time)
{
	return (struct statx_timestamp){ .tv_sec = time->tv_sec, .tv_nsec = time->tv_nsec };
}

/* stx_mask says which fields hold something: those of stat, and the mount's number; the time of
 * birth is not kept. stx_attributes_mask says which attribute bits are meaningful at all. */
static void statx_fill(const struct path *path, struct statx *to)
{
	const struct inode *inode = path->dentry->inode;
	uint64_t device = inode->superblock->device;

	*to = (struct statx){
		.stx_mask = STATX_BASIC_STATS | STATX_MNT_ID,
		.stx_blksize = PAGE_SIZE,
		.stx_attributes_mask = STATX_ATTR_MOUNT_ROOT,
		.stx_nlink = inode->nlink,
		.stx_uid = inode->uid,
		.stx_gid = inode->gid,
		.stx_mode = inode->mode,
		.stx_ino = inode->number,
		.stx_size = inode_size(inode),
		.stx_blocks = inode->blocks,
		.stx_atime = timestamp_of(&inode->atime),
		.stx_ctime = timestamp_of(&inode->ctime),
		.stx_mtime = timestamp_of(&inode->mtime),
		.stx_rdev_major = device_major(inode->device),
		.stx_rdev_minor = device_minor(inode->device),
		.stx_dev_major = device_major(device),
		.stx_dev_minor = device_minor(device),
		.stx_mnt_id = path->mount->id,
	};
	if (path->dentry == path->mount->root)
		to->stx_attributes |= STATX_ATTR_MOUNT_ROOT;
}

long sys_statx(int dirfd, user_address name, int flags, unsigned mask, user_address to)
{
	struct path path;
	struct statx status;
	unsigned lookup;
	int error = lookup_flags(flags, &lookup);

	/* The reserved bit is for a larger struct to come; both ways of synchronising at once make
	 * no sense. */
	if (error || (mask & STATX__RESERVED) ||
	    (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
		return -EINVAL;
	error = path_lookup_user(dirfd, name, lookup, &path);
	if (error)
		return error;
	inode_update(path.dentry->inode);
	statx_fill(&path, &status);
	path_put(&path);
	return user_put(to, &status, sizeof(status));
}

/* ---- readlink ---- */

/* A magic link's text is the name of where it leads, as seen from the caller's root: other tasks
 * may see it by another name, or not at all. */
static long magic_link_put(struct inode *inode, user_address to, size_t size)
{
	struct path target;
	char *buffer, *name;
	long length = inode->ops->follow(inode, &target);

	if (length)
		return length;
	buffer = path_buffer_alloc();
	length = buffer ? -ENAMETOOLONG : -ENOMEM;
	name = buffer ? path_name(&target, &current->fs->root, buffer, PATH_MAX, true, NULL) : NULL;
	if (name) {
		length = min(strlen(name), size);
		if (user_put(to, name, length))
			length = -EFAULT;
	}
	path_buffer_free(buffer);
	path_put(&target);
	return length;
}

/* The bytes written, or -errno. Also through an O_PATH descriptor of the link and ""
 * (AT_EMPTY_PATH is implied, readlinkat(2)). */
static long link_put(struct inode *inode, user_address to, size_t size)
{
	const char *text;
	long length;

	if (inode->ops->follow && !inode->ops->read_link)
		return magic_link_put(inode, to, size);
	length = inode->ops->read_link(inode, &text);
	if (length)
		return length;
	/* No NUL is written, and a text that is too long is cut silently (readlink(2)). */
	length = min(strlen(text), size);
	if (user_put(to, text, length))
		length = -EFAULT;
	if (inode->ops->release_link)
		inode->ops->release_link(inode, text);
	return length;
}

/* Not a link: EINVAL, but ENOENT through "", as on Linux.  A size that is not positive is looked
 * at first of all. */
long sys_readlinkat(int dirfd, user_address name, user_address to, int size)
{
	struct path path;
	struct inode *inode;
	struct name text;
	long result;

	if (size <= 0)
		return -EINVAL;
	result = name_read(&text, name, true);
	if (result)
		return result;
	result = path_lookup(dirfd, text.text, LOOKUP_EMPTY, &path);
	if (!result) {
		inode = path.dentry->inode;
		if (S_ISLNK(inode->mode)) {
			inode_accessed(path.mount, inode);
			result = link_put(inode, to, size);
		} else {
			result = text.length ? -EINVAL : -ENOENT;
		}
		path_put(&path);
	}
	name_release(&text);
	return result;
}

long sys_readlink(user_address name, user_address to, int size)
{
	return sys_readlinkat(AT_FDCWD, name, to, size);
}

/* ---- access ---- */

/* access(2) asks for the real ids; the superuser's capabilities count only if he is it really. */
static struct credentials *real_credentials(void)
{
	struct credentials *as = credentials_copy(current->credentials);

	if (!as)
		return NULL;
	as->fsuid = as->uid;
	as->fsgid = as->gid;
	as->effective = as->uid == 0 ? as->permitted : 0;
	return as;
}

/* F_OK asks only whether the file is there: access 0 is allowed to everybody who got here. */
static int access_check(const struct path *path, unsigned access)
{
	struct inode *inode = path->dentry->inode;
	int error;

	if ((access & X_OK) && S_ISREG(inode->mode) && (path->mount->flags & MS_NOEXEC))
		return -EACCES;
	error = inode_permission(inode, access, current->credentials);
	if (!error && (access & W_OK) && !S_ISCHR(inode->mode) && !S_ISBLK(inode->mode) &&
	    !S_ISFIFO(inode->mode) && !S_ISSOCK(inode->mode))
		/* Only for what the file system stores: devices and FIFOs on a read-only mount can
		 * be written to. */
		error = path_want_write(path);
	return error;
}

long sys_faccessat2(int dirfd, user_address name, int access, int flags)
{
	const struct credentials *own = current->credentials;
	struct credentials *as = NULL;
	unsigned lookup;
	struct path path;
	int error;

	if ((access & ~(R_OK | W_OK | X_OK)) ||
	    (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)))
		return -EINVAL;
	error = lookup_flags(flags & ~AT_EACCESS, &lookup);
	if (error)
		return error;
	if (!(flags & AT_EACCESS)) {
		as = real_credentials();
		if (!as)
			return -ENOMEM;
		/* For the walk as well: search permission is asked of the real user. Nobody else
		 * changes current->credentials, so a plain exchange is enough, and the old ones
		 * come back in any case. */
		current->credentials = as;
	}
	error = path_lookup_user(dirfd, name, lookup, &path);
	if (!error) {
		error = access_check(&path, access);
		path_put(&path);
	}
	current->credentials = own;
	if (as)
		credentials_put(as);
	return error;
}

long sys_faccessat(int dirfd, user_address name, int access)
{
	return sys_faccessat2(dirfd, name, access, 0);
}

long sys_access(user_address name, int access)
{
	return sys_faccessat2(AT_FDCWD, name, access, 0);
}
