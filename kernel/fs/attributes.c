/* SPDX-License-Identifier: MIT */
/*
 * attributes.c - changing what stat(2) shows: chmod, chown, truncate, utimensat and their kin.
 *
 * Each call finds its path - by name or by descriptor - and hands a struct attributes to
 * inode_set_attributes(), which knows who may change what.
 *
 * Errors (chmod(2), chown(2), truncate(2), utimensat(2)): what look-up gives; EROFS; EPERM who may
 * not; EINVAL flags, negative length, nanoseconds out of range; EISDIR truncating a directory;
 * ETXTBSY a program that runs; EFBIG with SIGXFSZ beyond RLIMIT_FSIZE.
 *
 * Locks: the inode's lock from the check of rights to the change, so that nobody changes the owner
 * in between. The path is counted meanwhile and holds the inode.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/resource.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "memory/user_copy.h"
#include "task/process.h"
#include "task/signal.h"

/* The common end: the mount must be writable; every change moves the change time. */
static long attributes_change(const struct path *path, struct attributes *to)
{
	struct inode *inode = path->dentry->inode;
	int error = path_want_write(path);

	if (error)
		return error;
	mutex_acquire(&inode->lock);
	to->ctime = inode_now();
	to->valid |= ATTRIBUTE_CTIME;
	/* ctime moves even where nothing else changes: chmod to the same mode does so on Linux. */
	error = inode_set_attributes(inode, to);
	mutex_release(&inode->lock);
	return error;
}

/* By name: found, changed, put.  `to` is completed on the way (the change time). */
static long attributes_change_at(int dirfd, user_address name, unsigned lookup,
				 struct attributes *to)
{
	struct path path;
	long error = path_lookup_user(dirfd, name, lookup, &path);

	if (error)
		return error;
	error = attributes_change(&path, to);
	path_put(&path);
	return error;
}

/* By descriptor: not through an O_PATH one, which gives no right to anything (open(2)). */
static long attributes_change_fd(int fd, struct attributes *to)
{
	struct fd_reference reference = fd_get(fd);
	long error;

	if (!reference.file)
		return -EBADF;
	error = attributes_change(&reference.file->path, to);
	fd_put(reference);
	return error;
}

/* ---- mode ---- */

/* chmod(2) keeps the type and ignores every other bit above the twelve. */
static struct attributes mode_attributes(unsigned mode)
{
	return (struct attributes){ .valid = ATTRIBUTE_MODE, .mode = mode & 07777 };
}

long sys_fchmodat(int dirfd, user_address name, unsigned mode)
{
	struct attributes to = mode_attributes(mode);

	return attributes_change_at(dirfd, name, LOOKUP_FOLLOW, &to);
}

long sys_chmod(user_address name, unsigned mode)
{
	return sys_fchmodat(AT_FDCWD, name, mode);
}

long sys_fchmod(int fd, unsigned mode)
{
	struct attributes to = mode_attributes(mode);

	return attributes_change_fd(fd, &to);
}

/* ---- owner ---- */

/* chown(2): -1 leaves one as it is.  Set-id bits go even where nothing else changes, or
 * the giver's program would run with the rights of the new owner. */
static struct attributes owner_attributes(unsigned uid, unsigned gid)
{
	struct attributes to = { .uid = uid, .gid = gid };

	to.valid = (uid != -1u ? ATTRIBUTE_UID : 0) | (gid != -1u ? ATTRIBUTE_GID : 0) |
		   ATTRIBUTE_DROP_PRIVILEGES;
	return to;
}

long sys_fchownat(int dirfd, user_address name, unsigned uid, unsigned gid, int flags)
{
	struct attributes to = owner_attributes(uid, gid);
	unsigned lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	return attributes_change_at(dirfd, name, lookup, &to);
}

long sys_chown(user_address name, unsigned uid, unsigned gid)
{
	return sys_fchownat(AT_FDCWD, name, uid, gid, 0);
}

long sys_lchown(user_address name, unsigned uid, unsigned gid)
{
	return sys_fchownat(AT_FDCWD, name, uid, gid, AT_SYMLINK_NOFOLLOW);
}

long sys_fchown(int fd, unsigned uid, unsigned gid)
{
	struct attributes to = owner_attributes(uid, gid);

	return attributes_change_fd(fd, &to);
}

/* ---- size ---- */

/* Growing is limited as writing is; shrinking never. */
static int size_check(const struct inode *inode, uint64_t size)
{
	if (size <= inode_size(inode) || size <= task_limit(RLIMIT_FSIZE))
		return 0;
	signal_send_task(current, SIGXFSZ, NULL);
	return -EFBIG;
}

/* Rights were checked by the caller.  Privileges go first, as with a write: what is left of a
 * set-id program is not what its owner trusted. */
static long size_change(const struct path *path, int64_t length)
{
	struct attributes to = {
		.valid = ATTRIBUTE_SIZE | ATTRIBUTE_MTIME | ATTRIBUTE_CTIME, .size = length
	};
	struct inode *inode = path->dentry->inode;
	int error = size_check(inode, length);

	if (error)
		return error;
	mutex_acquire(&inode->lock);
	to.mtime = to.ctime = inode_now();
	error = inode_strip_privileges(inode);
	if (!error)
		error = inode_change(inode, &to);
	mutex_release(&inode->lock);
	return error;
}

/* In Linux's order (truncate(2) lists the errors by name): what it is, EROFS, EACCES, ETXTBSY; the
 * size's own limits come last. */
static long truncate_path(const struct path *path, int64_t length)
{
	struct inode *inode = path->dentry->inode;
	long error;

	if (S_ISDIR(inode->mode))
		return -EISDIR;
	if (!S_ISREG(inode->mode))
		return -EINVAL;
	error = path_want_write(path);
	if (!error)
		error = inode_permission(inode, ACCESS_WRITE, current->credentials);
	if (!error)
		/* By name nobody has opened it for writing yet: as a writer, it must not be
		 * running. */
		error = inode_write_get(inode);
	if (error)
		return error;
	error = size_change(path, length);
	inode_write_put(inode);
	return error;
}

long sys_truncate(user_address name, int64_t length)
{
	struct path path;
	long error;

	if (length < 0)
		return -EINVAL;
	error = path_lookup_user(AT_FDCWD, name, LOOKUP_FOLLOW, &path);
	if (error)
		return error;
	error = truncate_path(&path, length);
	path_put(&path);
	return error;
}

long sys_ftruncate(int fd, int64_t length)
{
	struct fd_reference reference;
	struct file *file;
	long error;

	if (length < 0)
		return -EINVAL;
	reference = fd_get(fd);
	file = reference.file;
	if (!file)
		return -EBADF;
	/* ftruncate has no look at permissions: the descriptor was opened for writing, and that
	 * counts. */
	if (!S_ISREG(file->inode->mode) || !(file->mode & FILE_WRITE))
		error = -EINVAL;
	else
		error = size_change(&file->path, length);
	fd_put(reference);
	return error;
}

/* ---- times ---- */

/* One of the two times that utimensat(2) gets: a time, UTIME_NOW, or UTIME_OMIT. */
static int time_apply(const struct timespec *from, struct attributes *to, unsigned bit,
		      struct timespec *place)
{
	if (from->tv_nsec == UTIME_OMIT)
		return 0;
	to->valid |= bit;
	if (from->tv_nsec == UTIME_NOW)
		return 0;
	if (from->tv_nsec < 0 || from->tv_nsec >= 1000000000)
		return -EINVAL;
	to->valid |= ATTRIBUTE_TIMES_GIVEN;
	*place = *from;
	return 0;
}

/* `times` NULL: both are now.  One "now" beside one that is omitted takes the owner, as a given
 * time does. */
static int times_attributes(const struct timespec *times, struct attributes *to)
{
	int error = 0;

	*to = (struct attributes){ 0 };
	to->atime = to->mtime = inode_now();
	if (!times) {
		to->valid = ATTRIBUTE_ATIME | ATTRIBUTE_MTIME;
		return 0;
	}
	error = time_apply(&times[0], to, ATTRIBUTE_ATIME, &to->atime);
	if (!error)
		error = time_apply(&times[1], to, ATTRIBUTE_MTIME, &to->mtime);
	if (times[0].tv_nsec != UTIME_NOW || times[1].tv_nsec != UTIME_NOW)
		to->valid |= ATTRIBUTE_TIMES_GIVEN;
	return error;
}

/* The common end of the four calls; `times` NULL is "now" for both (utimensat(2)). */
static long times_change(int dirfd, user_address name, const struct timespec *times, int flags)
{
	unsigned lookup = (flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW) |
			  (flags & AT_EMPTY_PATH ? LOOKUP_EMPTY : 0);
	struct attributes to;
	int error;

	/* Nothing to do is success, even for a name that does not exist (utimensat(2), NOTES). */
	if (times && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
		return 0;
	error = times_attributes(times, &to);
	if (error)
		return error;
	/* futimens(3): a null name means the descriptor itself. */
	if (!name && dirfd != AT_FDCWD)
		return flags ? -EINVAL : attributes_change_fd(dirfd, &to);
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return attributes_change_at(dirfd, name, lookup, &to);
}

long sys_utimensat(int dirfd, user_address name, user_address times, int flags)
{
	struct timespec both[2];

	if (times && user_get(both, times, sizeof(both)))
		return -EFAULT;
	return times_change(dirfd, name, times ? both : NULL, flags);
}

long sys_futimesat(int dirfd, user_address name, user_address times)
{
	struct timeval micro[2];
	struct timespec both[2];

	if (!times)
		return times_change(dirfd, name, NULL, 0);
	if (user_get(micro, times, sizeof(micro)))
		return -EFAULT;
	for (int i = 0; i < 2; i++) {
		if (micro[i].tv_usec < 0 || micro[i].tv_usec >= 1000000)
			return -EINVAL;
		both[i].tv_sec = micro[i].tv_sec;
		both[i].tv_nsec = micro[i].tv_usec * 1000;
	}
	return times_change(dirfd, name, both, 0);
}

long sys_utimes(user_address name, user_address times)
{
	return sys_futimesat(AT_FDCWD, name, times);
}

/* Whole seconds, from before times had fractions. */
long sys_utime(user_address name, user_address times)
{
	struct utimbuf seconds;
	struct timespec both[2] = { { 0 } };

	if (!times)
		return times_change(AT_FDCWD, name, NULL, 0);
	if (user_get(&seconds, times, sizeof(seconds)))
		return -EFAULT;
	both[0].tv_sec = seconds.actime;
	both[1].tv_sec = seconds.modtime;
	return times_change(AT_FDCWD, name, both, 0);
}
