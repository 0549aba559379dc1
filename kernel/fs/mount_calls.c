/* SPDX-License-Identifier: MIT */
/*
 * mount_calls.c - mount(2) and umount2(2): strings and flags; the tree itself is mount.c's.
 *
 * What mount(2) is asked for is told by the flags, in this order: MS_REMOUNT with MS_BIND (one
 * mount's flags), MS_REMOUNT (the superblock's), a copy or move or change of propagation of a mount
 * (none yet: EINVAL), else a new mount.
 *
 * Errors: EPERM without CAP_SYS_ADMIN, asked for after the strings and the path have been read, as
 * on Linux; EFAULT, EINVAL a string of a page or more; the rest is the tree's.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/task.h"

#define ATIME_FLAGS (MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME)
#define TREE_FLAGS  (MS_BIND | MS_MOVE | MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)

/* A string argument of mount(2): NULL stays NULL.  The caller frees *to, after an error too. */
static int argument_read(user_address from, char **to)
{
	long length;

	*to = NULL;
	if (!from)
		return 0;
	*to = path_buffer_alloc();
	if (!*to)
		return -ENOMEM;
	length = user_read_string(*to, from, PATH_MAX);
	if (length >= 0)
		return 0;
	path_buffer_free(*to);
	*to = NULL;
	return length == -ENAMETOOLONG ? -EINVAL : length;
}

/* The options: up to a page, as much as is readable: file systems may want binary data, so no NUL
 * is looked for, and the end of the program's memory is no error (Linux's copy_mount_options()). */
static int options_read(user_address from, char **to)
{
	size_t bytes;

	*to = NULL;
	if (!from)
		return 0;
	*to = path_buffer_alloc();
	if (!*to)
		return -ENOMEM;
	bytes = user_read(*to, from, PATH_MAX - 1);
	(*to)[bytes] = '\0';
	if (bytes)
		return 0;
	path_buffer_free(*to);
	*to = NULL;
	return -EFAULT;
}

/* relatime is the default; a remount that says nothing of access times keeps what is. */
static unsigned atime_flags(unsigned flags, const struct path *at)
{
	if ((flags & MS_REMOUNT) && !(flags & ATIME_FLAGS))
		return flags | (at->mount->flags & ATIME_FLAGS);
	if (!(flags & (MS_NOATIME | MS_STRICTATIME)))
		flags |= MS_RELATIME;
	if (flags & (MS_NOATIME | MS_STRICTATIME))
		flags &= ~MS_RELATIME;
	return flags;
}

/* What the flags ask for.  MS_BIND and the other TREE_FLAGS are refused, not ignored: ignored they
 * would make a new mount where an old one was to be moved or shared (docs/gaps.md). */
static int mount_dispatch(const char *source, const struct path *at, const char *type,
			  unsigned flags, const char *options)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	flags = atime_flags(flags, at);
	if (flags & MS_REMOUNT) {
		if (at->dentry != at->mount->root)
			return -EINVAL;
		if (flags & MS_BIND)
			return mount_set_flags(at->mount, flags);
		return mount_remount(at->mount, flags, options);
	}
	if ((flags & TREE_FLAGS) || !type)
		return -EINVAL;
	return mount_file_system(type, source ? source : "none", at, flags, options);
}

long sys_mount(user_address source, user_address target, user_address type, uint64_t flags,
	       user_address data)
{
	char *type_text, *source_text = NULL, *options = NULL;
	struct path at;
	int error = argument_read(type, &type_text);

	if (error)
		return error;
	error = argument_read(source, &source_text);
	if (!error)
		error = options_read(data, &options);
	if (!error)
		error = path_lookup_user(AT_FDCWD, target, LOOKUP_FOLLOW, &at);
	if (!error) {
		/* Programs from before Linux 2.4 still put the magic number into the upper half. */
		if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
			flags &= ~(uint64_t)MS_MGC_MSK;
		error = mount_dispatch(source_text, &at, type_text, flags, options);
		path_put(&at);
	}
	path_buffer_free(options);
	path_buffer_free(source_text);
	path_buffer_free(type_text);
	return error;
}

/* The root of the tree cannot go: it becomes read-only instead, as Linux does at shutdown, where
 * init unmounts everything and what is on disk must be whole. */
static int umount_path(const struct path *at, int flags)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (at->dentry != at->mount->root)
		return -EINVAL;
	if (at->mount == root_mount)
		return flags & MNT_DETACH
			       ? -EINVAL
			       : mount_remount(at->mount, at->mount->flags | MS_RDONLY, NULL);
	if ((flags & MNT_EXPIRE) && (flags & (MNT_FORCE | MNT_DETACH)))
		return -EINVAL;
	if (flags & MNT_EXPIRE)
		/* MNT_EXPIRE's first call only marks; that it is never idle twice is within its
		 * contract. */
		return -EAGAIN;
	return mount_remove(at, flags & MNT_DETACH);
}

long sys_umount2(user_address target, int flags)
{
	struct path at;
	int error;

	if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	error = path_lookup_user(AT_FDCWD, target, flags & UMOUNT_NOFOLLOW ? 0 : LOOKUP_FOLLOW,
				 &at);
	if (error)
		return error;
	error = umount_path(&at, flags);
	path_put(&at);
	return error;
}
