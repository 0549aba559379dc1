/* SPDX-License-Identifier: MIT */
/*
 * names.c - the calls that add a name to a directory or take one away: mkdir, mknod, symlink,
 * link, unlink, rmdir.
 *
 * Each walks to the parent, locks it, looks the last component up - negative or not - and then
 * checks in Linux's order before it asks the file system.  A name that is taken away leaves a
 * negative dentry behind, or an unhashed one while it is in use.
 *
 * Order of errors, which programs depend on (mkdir -p, ln -f): EEXIST before EROFS before EACCES.
 * A trailing slash is allowed only where a directory is to come. Umask is applied here, set-group
 * directories in the file system (inode_inherit()).
 *
 * Locks: the parent's inode->lock from look-up to the end; a victim's own lock inside of it.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "fs/place.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

/* On error nothing is held. The parent is found before the last component is looked at, so a
 * parent that cannot be searched is EACCES whatever the name. */
int place_find(struct place *place, int dirfd, user_address name)
{
	int error = name_read(&place->name, name, false);

	place->dentry = NULL;
	if (error)
		return error;
	error = path_lookup_parent(dirfd, place->name.text, &place->parent, &place->last);
	if (error)
		name_release(&place->name);
	return error;
}

int place_lookup(struct place *place)
{
	return path_lookup_one(&place->parent, &place->last, &place->dentry);
}

void place_release(struct place *place)
{
	if (place->dentry)
		dentry_put(place->dentry);
	path_put(&place->parent);
	name_release(&place->name);
}

/* In this order on Linux: the name must be there, the right to it, then that it is of the right
 * kind. */
int place_may_delete(const struct place *place, bool directory)
{
	struct inode *dir = place_directory(place), *victim = place->dentry->inode;
	int error;

	if (!victim)
		return -ENOENT;
	error = inode_may_delete(dir, victim);
	if (error)
		return error;
	if (directory != S_ISDIR(victim->mode))
		return directory ? -ENOTDIR : -EISDIR;
	return dir->nlink ? 0 : -ENOENT;
}

/* ---- adding ---- */

/* Up to a free name in a locked directory; create_end() undoes it in any case. */
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

/* Any inode but a link: directories, files, nodes. */
static int node_create(struct place *place, uint32_t mode, uint64_t device)
{
	struct inode *dir = place_directory(place);
	int error = inode_may_create(dir);

	if (error)
		return error;
	assert(mutex_held(&dir->lock) && !place->dentry->inode);
	/* Anybody may make FIFOs and sockets; a device node would be a way around all
	 * permissions. */
	if ((S_ISCHR(mode) || S_ISBLK(mode)) && !capable(CAP_MKNOD))
		return -EPERM;
	if (!dir->ops->create)
		return -EPERM;
	return dir->ops->create(dir, place->dentry, mode & ~current->fs->umask, device);
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

/* The kinds of inode that mknod(2) makes; no kind means a regular file. */
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

/* protected_hardlinks of proc(5): not to what one neither owns nor could copy, nor to set-id
 * files. */
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

	/* Across mounts, even of one superblock: a name must not lead out of what a mount shows. */
	if (place->parent.mount != old->mount)
		return -EXDEV;
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

long sys_linkat(int old_dirfd, user_address old_path, int dirfd, user_address path, int flags)
{
	unsigned lookup = flags & AT_SYMLINK_FOLLOW ? LOOKUP_FOLLOW : 0;
	struct place place;
	struct path old;
	int error;

	if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	/* Linking what a descriptor holds would give a name to files that were meant to have
	 * none. */
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

/* ---- taking away ---- */

/* The name is there and the right to it too: the file system removes it. */
static int name_remove(struct place *place, bool directory)
{
	struct inode *dir = place_directory(place), *victim = place->dentry->inode;
	int error = place_may_delete(place, directory);

	if (error)
		return error;
	if (!dir->ops->unlink)
		return -EPERM;
	if (place->dentry->mounted_on)
		return -EBUSY;
	assert(mutex_held(&dir->lock));
	/* Against a directory being filled, or a count of links changing, at this moment. */
	mutex_acquire(&victim->lock);
	error = dir->ops->unlink(dir, place->dentry);
	mutex_release(&victim->lock);
	if (!error)
		dentry_delete(place->dentry);
	return error;
}

/* `.` `..` and `/` are no names that could be removed. */
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

/* unlink("name/") of anything but a directory names no file. */
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
