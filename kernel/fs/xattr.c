/* SPDX-License-Identifier: MIT */
/*
 * xattr.c - extended attributes, as a file system without any answers (xattr(7)): names of the
 * classes that Linux's tmpfs knows are absent (ENODATA), others cannot be (EOPNOTSUPP), and
 * nothing can be set.
 *
 * Programs (cp -a, ls -l, tar) ask for attributes of every file and must be told in the way that
 * means "none": ENODATA for a name that could exist, an empty list, EOPNOTSUPP for setting. Order
 * of errors: the file, flags (EINVAL), the name (ERANGE, EFAULT), the value's size (E2BIG).
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "lib/string.h"
#include "memory/user_copy.h"

#define XATTR_NAME_MAX 255
#define XATTR_SIZE_MAX 65536
#define XATTR_CREATE   1
#define XATTR_REPLACE  2

/* What a name stands for: -ENODATA when it could be there, -EOPNOTSUPP, -ERANGE, -EFAULT. */
static int name_check(user_address from)
{
	static const char *const known[] = { "security.", "trusted.", "system.posix_acl_access",
					     "system.posix_acl_default" };
	char name[XATTR_NAME_MAX + 1];
	long length = user_read_string(name, from, sizeof(name));

	if (length == 0 || length == -ENAMETOOLONG)
		return -ERANGE;
	if (length < 0)
		return (int)length;
	for (size_t i = 0; i < array_size(known); i++)
		if (strncmp(name, known[i], strlen(known[i])) == 0)
			return -ENODATA;
	return -EOPNOTSUPP;
}

/* The value is read before anybody asks whether it can be kept: a bad address is EFAULT here, too.
 * Piece by piece, as nothing is done with it. */
static int value_check(user_address value, size_t size)
{
	char piece[256];

	for (size_t done = 0; done < size; done += sizeof(piece)) {
		if (user_get(piece, value + done, min(size - done, sizeof(piece))))
			return -EFAULT;
	}
	return 0;
}

/* Everything that Linux looks at before it says that nothing can be set: -EOPNOTSUPP in the end. */
static int set_check(user_address name, user_address value, size_t size, int flags)
{
	int error;

	if (flags & ~(XATTR_CREATE | XATTR_REPLACE))
		return -EINVAL;
	error = name_check(name);
	if (error == -ERANGE || error == -EFAULT)
		return error;
	if (size > XATTR_SIZE_MAX)
		return -E2BIG;
	error = value_check(value, size);
	return error ? error : -EOPNOTSUPP;
}

/* Whether the file is there is asked first. */
static int path_check(user_address path, unsigned lookup)
{
	struct path at;
	int error = path_lookup_user(AT_FDCWD, path, lookup, &at);

	if (!error)
		path_put(&at);
	return error;
}

/* Not through an O_PATH one: EBADF (open(2) names fgetxattr). */
static int descriptor_check(int fd)
{
	struct fd_reference reference = fd_get(fd);

	fd_put(reference);
	return reference.file ? 0 : -EBADF;
}

long sys_setxattr(user_address path, user_address name, user_address value, size_t size, int flags)
{
	int error = path_check(path, LOOKUP_FOLLOW);

	return error ? error : set_check(name, value, size, flags);
}

long sys_lsetxattr(user_address path, user_address name, user_address value, size_t size, int flags)
{
	int error = path_check(path, 0);

	return error ? error : set_check(name, value, size, flags);
}

long sys_fsetxattr(int fd, user_address name, user_address value, size_t size, int flags)
{
	int error = descriptor_check(fd);

	return error ? error : set_check(name, value, size, flags);
}

long sys_getxattr(user_address path, user_address name, user_address value, size_t size)
{
	int error = path_check(path, LOOKUP_FOLLOW);

	return error ? error : name_check(name);
}

long sys_lgetxattr(user_address path, user_address name, user_address value, size_t size)
{
	int error = path_check(path, 0);

	return error ? error : name_check(name);
}

long sys_fgetxattr(int fd, user_address name, user_address value, size_t size)
{
	int error = descriptor_check(fd);

	return error ? error : name_check(name);
}

long sys_listxattr(user_address path, user_address list, size_t size)
{
	return path_check(path, LOOKUP_FOLLOW);
}

long sys_llistxattr(user_address path, user_address list, size_t size)
{
	return path_check(path, 0);
}

long sys_flistxattr(int fd, user_address list, size_t size)
{
	return descriptor_check(fd);
}

long sys_removexattr(user_address path, user_address name)
{
	int error = path_check(path, LOOKUP_FOLLOW);

	return error ? error : name_check(name);
}

long sys_lremovexattr(user_address path, user_address name)
{
	int error = path_check(path, 0);

	return error ? error : name_check(name);
}

long sys_fremovexattr(int fd, user_address name)
{
	int error = descriptor_check(fd);

	return error ? error : name_check(name);
}
