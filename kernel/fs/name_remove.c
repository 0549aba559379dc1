/* SPDX-License-Identifier: MIT */
/*
 * name_remove.c - the calls that take a name away: unlink, rmdir.
 *
 * What goes is the name.  The inode goes with its last name and its last user, whoever is later:
 * a program may go on with a file that it has open (unlink(2)).  So a negative dentry is left
 * behind, or an unhashed one with its inode while it is in use.
 *
 * Order of errors: what the last component is (for the dots and the root rmdir says EINVAL,
 * ENOTEMPTY and EBUSY, unlink EISDIR), EROFS, ENOENT, then rights (EACCES, EPERM), the kind
 * (ENOTDIR, EISDIR), EBUSY for a mount point, and ENOTEMPTY by the file system. See unlink(2),
 * rmdir(2).
 *
 * Locks: the parent's inode->lock from look-up to the end; the victim's own lock inside of it.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "fs/place.h"
#include "lib/assert.h"

/* With the parent locked and the name looked up: may it go, and then the file system removes it. */
static int name_remove(struct place *place, bool directory)
{
	struct inode *dir = place_directory(place), *victim = place->dentry->inode;
	int error = place_may_delete(place, directory);

	if (error)
		return error;
	if (!dir->ops->unlink)
		return -EPERM;
	/* Else what is mounted there could not be reached any more, nor unmounted. */
	if (place->dentry->mounted_on)
		return -EBUSY;
	assert(victim != dir);
	/* Against a directory being filled, or a count of links changing, at this moment. */
	mutex_acquire(&victim->lock);
	error = dir->ops->unlink(dir, place->dentry);
	mutex_release(&victim->lock);
	if (!error)
		dentry_delete(place->dentry);
	return error;
}

/* `.` `..` and `/` are no names that could be removed: rmdir(2) has an error for each. */
static int rmdir_kind(enum last_kind kind)
{
	switch (kind) {
	case LAST_NORMAL:
		return 0;
	case LAST_DOT:
		return -EINVAL;
	case LAST_DOTDOT:
		return -ENOTEMPTY;
	default:
		return -EBUSY;
	}
}

/* A slash at the end says "a directory", which unlink(2) does not remove: EISDIR if it is one, and
 * for what is none the name is wrong. */
static int unlink_trailing(const struct place *place)
{
	const struct inode *inode = place->dentry->inode;

	if (!place->last.trailing_slash)
		return 0;
	if (!inode)
		return -ENOENT;
	return S_ISDIR(inode->mode) ? -EISDIR : -ENOTDIR;
}

/* unlink(2) and rmdir(2). The last component is never followed: a link itself is removed. */
static int remove_at(int dirfd, user_address path, bool directory)
{
	struct place place;
	int error = place_find(&place, dirfd, path);

	if (error)
		return error;
	if (directory)
		error = rmdir_kind(place.last.kind);
	else if (place.last.kind != LAST_NORMAL)
		error = -EISDIR;
	if (!error)
		error = path_want_write(&place.parent);
	if (!error) {
		mutex_acquire(&place_directory(&place)->lock);
		error = place_lookup(&place);
		if (!error && !directory)
			error = unlink_trailing(&place);
		if (!error)
			error = name_remove(&place, directory);
		mutex_release(&place_directory(&place)->lock);
	}
	place_release(&place);
	return error;
}

long sys_unlinkat(int dirfd, user_address path, int flags)
{
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	return remove_at(dirfd, path, flags & AT_REMOVEDIR);
}

long sys_unlink(user_address path)
{
	return remove_at(AT_FDCWD, path, false);
}

long sys_rmdir(user_address path)
{
	return remove_at(AT_FDCWD, path, true);
}
