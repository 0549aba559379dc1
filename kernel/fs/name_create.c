/* SPDX-License-Identifier: MIT */
/*
 * name_create.c - the calls that add a name to a directory: mkdir, mknod, symlink, link.
 *
 * Each walks to the parent, locks it, looks the last component up - its dentry is negative if the
 * name is free - and then checks in Linux's order before it asks the file system, which makes the
 * dentry positive.
 *
 * Order of errors, which programs depend on (mkdir -p, ln -f): EEXIST before EROFS before EACCES.
 * A trailing slash is allowed only where a directory is to come.  The umask is applied here, the
 * set-group rule of directories in the file system (inode_inherit()).
 *
 * Locks: the parent's inode->lock from look-up to the end, so that of two who make the same name
 * one gets EEXIST.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "fs/place.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

/* Up to a free name in a locked directory, which create_end() gives back; on error nothing is held.
 * `directory`: one is to be made. */
static int create_begin(struct place *place, int dirfd, user_address name, bool directory)
{
	int error = place_find(place, dirfd, name);

	if (error)
		return error;
	/* `/`, `.` and `..` exist always. */
	if (place->last.kind != LAST_NORMAL) {
		place_release(place);
		return -EEXIST;
	}
	mutex_acquire(&place_directory(place)->lock);
	error = place_lookup(place);
	if (!error && place->dentry->inode)
		error = -EEXIST;
	/* "name/" would be a directory, and there is none of this name. */
	if (!error && place->last.trailing_slash && !directory)
		error = -ENOENT;
	if (!error)
		error = path_want_write(&place->parent);
	if (!error)
		return 0;
	mutex_release(&place_directory(place)->lock);
	place_release(place);
	return error;
}

/* The lock first: putting the path may free the directory. */
static void create_end(struct place *place)
{
	mutex_release(&place_directory(place)->lock);
	place_release(place);
}

/* Any inode but a link: directories, files, nodes.  `mode` has the type.  In a file system
 * that cannot make files (/proc) the look-up has said ENOENT before (ask_file_system()). */
static int node_create(struct place *place, uint32_t mode, uint64_t device)
{
	struct inode *dir = place_directory(place);
	int error = inode_may_create(dir);

	if (error)
		return error;
	assert(!place->dentry->inode && mode & S_IFMT);
	/* Anybody may make FIFOs and sockets; a device node would be a way around all
	 * permissions. */
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->ops->create)
		return -EPERM;
	return dir->ops->create(dir, place->dentry, inode_new_mode(dir, mode), device);
}

/* mkdir(2) takes the sticky bit and no set-id bits; set-group comes from the parent alone. */
long sys_mkdirat(int dirfd, user_address path, unsigned mode)
{
	struct place place;
	int error = create_begin(&place, dirfd, path, true);

	if (error)
		return error;
	error = node_create(&place, S_IFDIR | (mode & (0777 | S_ISVTX)), 0);
	create_end(&place);
	return error;
}

long sys_mkdir(user_address path, unsigned mode)
{
	return sys_mkdirat(AT_FDCWD, path, mode);
}

/* The kinds of inode that mknod(2) makes; no kind means a regular file.  Looked at before the path:
 * EPERM for a directory, whatever the name is. */
static int mknod_kind(unsigned mode)
{
	switch (mode & S_IFMT) {
	case 0:
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return 0;
	default:
		return S_ISDIR(mode) ? -EPERM : -EINVAL;
	}
}

long sys_mknodat(int dirfd, user_address path, unsigned mode, unsigned device)
{
	struct place place;
	int error = mknod_kind(mode);

	if (!error)
		error = create_begin(&place, dirfd, path, false);
	if (error)
		return error;
	mode = mode & S_IFMT ? mode & (S_IFMT | 07777) : S_IFREG | (mode & 07777);
	error = node_create(&place, mode, S_ISCHR(mode) || S_ISBLK(mode) ? device : 0);
	create_end(&place);
	return error;
}

long sys_mknod(user_address path, unsigned mode, unsigned device)
{
	return sys_mknodat(AT_FDCWD, path, mode, device);
}

/* The target is any text that is not empty: it is resolved when the link is followed, never here.
 * Links have mode 0777, without umask. */
long sys_symlinkat(user_address target, int dirfd, user_address path)
{
	struct place place;
	struct inode *dir;
	struct name text;
	int error = name_read(&text, target, false);

	if (error)
		return error;
	error = create_begin(&place, dirfd, path, false);
	if (error) {
		name_release(&text);
		return error;
	}
	dir = place_directory(&place);
	error = inode_may_create(dir);
	if (!error)
		error = dir->ops->symlink ? dir->ops->symlink(dir, place.dentry, text.text)
					  : -EPERM;
	create_end(&place);
	name_release(&text);
	return error;
}

long sys_symlink(user_address target, user_address path)
{
	return sys_symlinkat(target, AT_FDCWD, path);
}

/* protected_hardlinks of proc(5): only to one's own files, or to regular ones that one may read and
 * write and that run with nobody's rights (set-id). */
static bool hard_link_is_safe(struct inode *inode)
{
	if (inode_is_ours(inode))
		return true;
	if (!S_ISREG(inode->mode) || (inode->mode & S_ISUID) ||
	    (inode->mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP))
		return false;
	return inode_permission(inode, ACCESS_READ | ACCESS_WRITE, current->credentials) == 0;
}

/* Directories have one parent: no links to them, for nobody (EPERM, link(2)). */
static int link_create(struct place *place, const struct path *old)
{
	struct inode *dir = place_directory(place), *inode = old->dentry->inode;
	int error;

	debug_assert(!place->dentry->inode);
	/* Across mounts, even of one superblock: a name must not lead out of what a mount shows. */
	if (place->parent.mount != old->mount)
		return -EXDEV;
	debug_assert(inode->superblock == dir->superblock);
	if (!hard_link_is_safe(inode))
		return -EPERM;
	error = inode_may_create(dir);
	if (error)
		return error;
	if (!dir->ops->link || S_ISDIR(inode->mode))
		return -EPERM;
	/* Its last name went while we held it open: it must not come back. */
	if (inode->nlink == 0)
		return -ENOENT;
	return dir->ops->link(dir, place->dentry, inode);
}

/* The file is found before the new name's parent: its errors come first.  A link at the end is
 * itself what gets a second name, unless AT_SYMLINK_FOLLOW is given (linkat(2)). */
long sys_linkat(int old_dirfd, user_address old_path, int dirfd, user_address path, int flags)
{
	unsigned lookup = flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0;
	struct place place;
	struct path old;
	int error;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	/* A descriptor may have been got from who would not show the way to its file: linkat(2)
	 * asks for CAP_DAC_READ_SEARCH, and says ENOENT without. */
	if (flags & AT_EMPTY_PATH) {
		if (!capable(CAP_DAC_READ_SEARCH))
			return -ENOENT;
		lookup |= LOOKUP_EMPTY;
	}
	error = path_lookup_user(old_dirfd, old_path, lookup, &old);
	if (error)
		return error;
	error = create_begin(&place, dirfd, path, false);
	if (!error) {
		error = link_create(&place, &old);
		create_end(&place);
	}
	path_put(&old);
	return error;
}

long sys_link(user_address old, user_address path)
{
	return sys_linkat(AT_FDCWD, old, AT_FDCWD, path, 0);
}
