/* SPDX-License-Identifier: MIT */
/*
 * descriptor_calls.c - the calls about descriptors rather than files: close, dup, fcntl, ioctl.
 *
 * A descriptor has one flag of its own (close on exec); everything else belongs to the open file,
 * which duplicates share: position, status flags, locks of flock(2).
 *
 * Errors: EBADF before anything else; fcntl(2): EINVAL unknown command, EMFILE no number left,
 * EPERM O_NOATIME on others' files; ioctl(2): ENOTTY when the file has no such request. An O_PATH
 * descriptor can be duplicated, closed and asked for its flags, nothing more (open(2)).
 *
 * Locks: none here; the table belongs to the task (descriptor_table.c), a file's flags change in
 * one word.
 */
#include "abi/errno.h"
#include "abi/ioctl.h"
#include "abi/resource.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/file_lock.h"
#include "fs/pipe.h"
#include "memory/user_copy.h"
#include "task/process.h"

#define SETTABLE_FLAGS (O_APPEND | O_NONBLOCK | FASYNC | O_DIRECT | O_NOATIME)

/* Whatever it returns, the number is free: calling it again would close another file (close(2)). */
long sys_close(int fd)
{
	return fd_close(fd);
}

/* CLOSE_RANGE_UNSHARE gives the caller a table of its own first, so that others keep theirs
 * open. */
long sys_close_range(unsigned first, unsigned last, int flags)
{
	if ((flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) || first > last)
		return -EINVAL;
	if ((flags & CLOSE_RANGE_UNSHARE) && files_unshare())
		return -ENOMEM;
	fd_close_range(first, last, flags & CLOSE_RANGE_CLOEXEC);
	return 0;
}

/* The lowest free number >= from for the same open file. */
static long descriptor_copy(struct file *file, int from, bool close_on_exec)
{
	int fd = fd_reserve(from, close_on_exec);

	if (fd < 0)
		return fd;
	file_get(file);
	fd_install(fd, file);
	return fd;
}

long sys_dup(int fd)
{
	struct fd_reference reference = fd_get_any(fd);
	long result = reference.file ? descriptor_copy(reference.file, 0, false) : -EBADF;

	fd_put(reference);
	return result;
}

/* The two differ.  The count for the table is taken first: fd_replace() consumes it in any case. */
static long descriptor_copy_to(int from, int to, bool close_on_exec)
{
	struct fd_reference reference = fd_get_any(from);
	long result;

	if (!reference.file)
		return -EBADF;
	file_get(reference.file);
	result = fd_replace(to, reference.file, close_on_exec);
	fd_put(reference);
	return result;
}

long sys_dup2(int from, int to)
{
	struct fd_reference reference;

	if (from != to)
		return descriptor_copy_to(from, to, false);
	/* dup2 of a descriptor to itself does nothing but must still be open; dup3 refuses it. */
	reference = fd_get_any(from);
	fd_put(reference);
	return reference.file ? to : -EBADF;
}

/* Other than dup2(2): a flag, and EINVAL for two equal numbers, even if closed (dup(2)). */
long sys_dup3(int from, int to, int flags)
{
	if ((flags & ~O_CLOEXEC) || from == to)
		return -EINVAL;
	if ((unsigned)to >= task_limit(RLIMIT_NOFILE))
		return -EBADF;
	return descriptor_copy_to(from, to, flags & O_CLOEXEC);
}

/* ---- fcntl ---- */

/* F_SETFL: what cannot be set is ignored, not refused (fcntl(2)): access mode, O_CREAT, O_SYNC. */
static long flags_set(struct file *file, uint32_t flags)
{
	/* Reading without a trace is the owner's privilege; taking the flag away is anybody's. */
	if ((flags & O_NOATIME & ~file->flags) && !inode_is_ours(file->inode))
		return -EPERM;
	file->flags = (file->flags & ~SETTABLE_FLAGS) | (flags & SETTABLE_FLAGS);
	return 0;
}

/* A lock of a process was set, perhaps after a long wait.  Closing a descriptor of the file drops
 * such locks (fcntl(2)); if that happened meanwhile, nobody would ever drop this one, which came
 * later. */
static long lock_recheck(int fd, struct file *file, struct flock *lock)
{
	if (fd_is(fd, file))
		return 0;
	lock->l_type = F_UNLCK;
	if (file_lock_set(file, lock, false, false)) /* no memory to cut it out */
		file_locks_release_owner(file, current->files);
	return -EBADF;
}

/* The struct goes back only from a question; a lock that was set leaves it as it is. */
static long lock_command(int fd, struct file *file, int command, user_address argument)
{
	bool by_file = command >= F_OFD_GETLK;
	struct flock lock;
	long result;

	if (user_get(&lock, argument, sizeof(lock)))
		return -EFAULT;
	/* Reserved for later in Linux: programs must pass 0. */
	if (by_file && lock.l_pid != 0)
		return -EINVAL;
	if (command != F_GETLK && command != F_OFD_GETLK) {
		result = file_lock_set(file, &lock, by_file,
				       command == F_SETLKW || command == F_OFD_SETLKW);
		if (result || by_file || lock.l_type == F_UNLCK)
			return result;
		return lock_recheck(fd, file, &lock);
	}
	result = file_lock_get(file, &lock, by_file);
	return result ? result : user_put(argument, &lock, sizeof(lock));
}

struct owner_ex { /* F_SETOWN_EX */
	int32_t type, pid;
};

/* Kept and reported, and no signal is ever sent: there is no O_ASYNC input here. Positive numbers
 * are processes, negative ones groups; F_OWNER_TID is 0, _PID 1, _PGRP 2. */
static long owner_command(struct file *file, int command, user_address argument)
{
	struct owner_ex owner = { file->owner < 0 ? 2 : 1,
				  file->owner < 0 ? -file->owner : file->owner };

	switch (command) {
	case F_SETOWN:
		file->owner = (int)argument;
		return 0;
	case F_GETOWN:
		return file->owner;
	case F_GETOWN_EX:
		return user_put(argument, &owner, sizeof(owner));
	case F_SETOWN_EX:
		if (user_get(&owner, argument, sizeof(owner)))
			return -EFAULT;
		if (owner.type < 0 || owner.type > 2)
			return -EINVAL;
		file->owner = owner.type == 2 ? -owner.pid : owner.pid;
		return 0;
	case F_SETSIG:
		if (argument > 64)
			return -EINVAL;
		file->owner_signal = (int)argument;
		return 0;
	default: /* F_GETSIG */
		return file->owner_signal;
	}
}

static long descriptor_copy_from(struct file *file, user_address from, bool close_on_exec)
{
	/* EINVAL, not EMFILE: the wish itself is out of range (fcntl(2)). */
	if (from >= task_limit(RLIMIT_NOFILE))
		return -EINVAL;
	return descriptor_copy(file, (int)from, close_on_exec);
}

/* The commands that work on O_PATH files as well. */
static long descriptor_command(int fd, struct file *file, int command, user_address argument)
{
	switch (command) {
	case F_DUPFD:
		return descriptor_copy_from(file, (unsigned)argument, false);
	case F_DUPFD_CLOEXEC:
		return descriptor_copy_from(file, (unsigned)argument, true);
	case F_GETFD:
		return fd_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		fd_set_close_on_exec(fd, argument & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->flags;
	default:
		return -EBADF;
	}
}

/* O_PATH files do not come here: they have no contents that these commands could be about. */
static long file_command(int fd, struct file *file, int command, user_address argument)
{
	switch (command) {
	case F_SETFL:
		return flags_set(file, (uint32_t)argument);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
	case F_OFD_GETLK:
	case F_OFD_SETLK:
	case F_OFD_SETLKW:
		return lock_command(fd, file, command, argument);
	case F_SETOWN:
	case F_GETOWN:
	case F_SETOWN_EX:
	case F_GETOWN_EX:
	case F_SETSIG:
	case F_GETSIG:
		return owner_command(file, command, argument);
	case F_GETPIPE_SZ:
		return pipe_size_get(file);
	case F_SETPIPE_SZ:
		return pipe_size_set(file, (uint32_t)argument);
	case F_GETLEASE:
		return F_UNLCK;
	default:
		return -EINVAL;
	}
}

long sys_fcntl(int fd, int command, user_address argument)
{
	struct fd_reference reference = fd_get_any(fd);
	struct file *file = reference.file;
	long result;

	if (!file)
		return -EBADF;
	if (command == F_DUPFD || command == F_DUPFD_CLOEXEC || command == F_GETFD ||
	    command == F_SETFD || command == F_GETFL || (file->mode & FILE_PATH))
		result = descriptor_command(fd, file, command, argument);
	else
		result = file_command(fd, file, command, argument);
	fd_put(reference);
	return result;
}

/* ---- ioctl: what every descriptor and every file understands; the rest is the file's ---- */

/* The ioctls FIONBIO and FIOASYNC: older ways to set what F_SETFL sets. */
static long flag_command(struct file *file, uint32_t flag, user_address argument)
{
	int32_t on;

	if (user_get(&on, argument, sizeof(on)))
		return -EFAULT;
	file->flags = on ? file->flags | flag : file->flags & ~flag;
	return 0;
}

/* FIONREAD of a regular file: an int, so it wraps for large ones, as on Linux. */
static long bytes_ahead(struct file *file, user_address argument)
{
	int32_t ahead = (int32_t)(inode_size(file->inode) - file->position);

	return user_put(argument, &ahead, sizeof(ahead));
}

/* The ioctls FICLONE and FICLONERANGE (ioctl_ficlonerange(2)): `from` is a descriptor. */
static long clone_command(struct file *file, int from)
{
	struct fd_reference reference = fd_get(from);
	long result = reference.file ? file_clone(reference.file, file) : -EBADF;

	fd_put(reference);
	return result;
}

static long clone_range_command(struct file *file, user_address argument)
{
	struct file_clone_range range;

	return user_get(&range, argument, sizeof(range)) ? -EFAULT :
							   clone_command(file, (int)range.from);
}

static long file_ioctl(int fd, struct file *file, unsigned request, user_address argument)
{
	switch (request) {
	case FIOCLEX:
	case FIONCLEX:
		fd_set_close_on_exec(fd, request == FIOCLEX);
		return 0;
	case FIONBIO:
		return flag_command(file, O_NONBLOCK, argument);
	case FIOASYNC:
		return flag_command(file, FASYNC, argument);
	case FICLONE:
		return clone_command(file, (int)argument);
	case FICLONERANGE:
		return clone_range_command(file, argument);
	case FS_IOC_FIEMAP: /* where on a disk a file's bytes are */
		return -EOPNOTSUPP;
	case FIONREAD:
		if (S_ISREG(file->inode->mode) && !file->ops->ioctl)
			return bytes_ahead(file, argument);
		break;
	}
	return file->ops->ioctl ? file->ops->ioctl(file, request, argument) : -ENOTTY;
}

long sys_ioctl(int fd, unsigned request, user_address argument)
{
	struct fd_reference reference = fd_get(fd);
	long result;

	if (!reference.file)
		return -EBADF;
	result = file_ioctl(fd, reference.file, request, argument);
	fd_put(reference);
	return result;
}

long sys_flock(int fd, int operation)
{
	struct fd_reference reference = fd_get(fd);
	long result;

	if (!reference.file)
		return -EBADF;
	result = file_lock_whole(reference.file, operation);
	fd_put(reference);
	return result;
}
