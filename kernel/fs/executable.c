/* SPDX-License-Identifier: MIT */
/*
 * executable.c - the file that exec runs: found, checked, and barred from writing.
 *
 * The order of checks is execve(2)'s: a path that can be walked, a symbolic link only where it was
 * forbidden to follow (ELOOP), a regular file on a mount without noexec, then permission, and
 * ETXTBSY last. The file is opened without a look at read permission: a program may be executable
 * and yet not readable.
 */
#include "fs/executable.h"
#include "abi/errno.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

/* -EACCES, -ELOOP.  For the superuser too at least one of the execute bits must be set. */
static int executable_check(const struct path *path)
{
	struct inode *inode = path->dentry->inode;

	if (S_ISLNK(inode->mode))
		return -ELOOP;
	if (!S_ISREG(inode->mode) || (path->mount->flags & MS_NOEXEC))
		return -EACCES;
	return inode_permission(inode, ACCESS_EXECUTE, current->credentials);
}

/* The file of a path that may be executed; nobody may write to it while the file lives. */
static int file_open_barred(const struct path *path, struct file **to)
{
	int error = file_open_path(path, O_RDONLY, to);

	if (error)
		return error;
	/* The denial is counted per file object, so the end of the last process that runs it (its
	 * executable, its maps) lifts it, in whatever order they let go. */
	error = inode_write_deny((*to)->inode);
	if (error)
		file_put(*to);
	else
		(*to)->mode |= FILE_DENIES_WRITE;
	return error;
}

/* What exec must know of the file is taken now, while nobody can write to it; its mode and owner
 * may still be changed, and the program gets what was true here. */
static void executable_fill(struct file *file, struct executable *to)
{
	struct inode *inode = file->inode;

	assert((file->mode & FILE_DENIES_WRITE) && inode->writers < 0);
	*to = (struct executable){
		.cache = &inode->cache,
		.file = file,
		.mode = inode->mode,
		.uid = inode->uid,
		.gid = inode->gid,
		.may_set_id = !(file->path.mount->flags & MS_NOSUID),
		.unreadable = inode_permission(inode, ACCESS_READ, current->credentials) != 0,
	};
}

int executable_open(int directory, const char *path, int flags, struct executable *to)
{
	unsigned lookup = flags & AT_SYMLINK_NOFOLLOW ? 0 : LOOKUP_FOLLOW;
	struct file *file;
	struct path at;
	int error;

	if (flags & AT_EMPTY_PATH)
		lookup |= LOOKUP_EMPTY;
	error = path_lookup(directory, path, lookup, &at);
	if (error)
		return error;
	error = executable_check(&at);
	if (!error)
		error = file_open_barred(&at, &file);
	path_put(&at);
	if (error)
		return error;
	executable_fill(file, to);
	/* An interpreter would be given /dev/fd/N, but N is closed by then (execveat(2), BUGS). */
	to->unreachable = directory != AT_FDCWD && path[0] != '/' && fd_close_on_exec(directory);
	return 0;
}

void executable_close(struct executable *executable)
{
	if (executable->file)
		file_put(executable->file);
	executable->file = NULL;
}

void executable_allow_write(struct executable *executable)
{
	if (executable->file)
		file_allow_write(executable->file);
}
