/* SPDX-License-Identifier: MIT */
/*
 * rename.c - rename(2), renameat2(2): one name takes the place of another, or they are exchanged.
 *
 * Locks: between two directories, first the superblock's rename mutex - so that no directory
 * changes its place while ancestors are compared - then the parents, an ancestor before what is
 * below it, then the inodes moved and replaced, by address.  Nothing is changed before the last
 * check.
 *
 * Errors, in this order: EXDEV; EBUSY for `.`, `..` and `/`; EROFS; ENOENT; EEXIST; ENOTDIR for a
 * trailing slash; EINVAL into itself; ENOTEMPTY onto an ancestor; then rights (EACCES, EPERM),
 * EISDIR and ENOTDIR by kind, EBUSY for mount points. See rename(2).
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/mount.h"
#include "fs/place.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

struct renaming {
	struct place from, to;
	unsigned flags;
};

static bool is_directory(const struct place *place)
{
	return S_ISDIR(place->dentry->inode->mode);
}

/* Ancestor first: so does every path of locks through the tree (docs/locks.md), and two renames in
 * opposite directions cannot wait for each other.  Which is the ancestor stays true while it is
 * compared and locked because rename_lock is held; within one directory nothing can change that. */
static void parents_lock(struct renaming *renaming)
{
	struct dentry *from = renaming->from.parent.dentry, *to = renaming->to.parent.dentry;

	if (from == to) {
		mutex_acquire(&from->inode->lock);
		return;
	}
	assert(from->superblock == to->superblock);
	mutex_acquire(&from->superblock->rename_lock);
	if (dentry_is_below(from, to)) {
		mutex_acquire(&to->inode->lock);
		mutex_acquire(&from->inode->lock);
	} else {
		mutex_acquire(&from->inode->lock);
		mutex_acquire(&to->inode->lock);
	}
}

/* The tree's lock last: until then the order of the two is what it was when they were locked. */
static void parents_unlock(struct renaming *renaming)
{
	struct dentry *from = renaming->from.parent.dentry, *to = renaming->to.parent.dentry;

	mutex_release(&from->inode->lock);
	if (from == to)
		return;
	mutex_release(&to->inode->lock);
	mutex_release(&from->superblock->rename_lock);
}

/* What can be said before anything is locked.  EXDEV goes by mount and not by superblock: a name
 * must not be moved out of what a bind mount shows (rename(2), EXDEV). */
static int check_lasts(const struct renaming *renaming)
{
	const struct place *from = &renaming->from, *to = &renaming->to;

	if (from->parent.mount != to->parent.mount)
		return -EXDEV;
	if (from->last.kind != LAST_NORMAL)
		return -EBUSY;
	if (to->last.kind != LAST_NORMAL)
		return renaming->flags & RENAME_NOREPLACE ? -EEXIST : -EBUSY;
	return path_want_write(&from->parent);
}

/* Existence, trailing slashes, and that no directory moves into itself. */
static int check_names(const struct renaming *renaming)
{
	const struct place *from = &renaming->from, *to = &renaming->to;
	bool exchange = renaming->flags & RENAME_EXCHANGE;

	if (!from->dentry->inode)
		return -ENOENT;
	if ((renaming->flags & RENAME_NOREPLACE) && to->dentry->inode)
		return -EEXIST;
	if (exchange && !to->dentry->inode)
		return -ENOENT;
	if (exchange && !is_directory(to) && to->last.trailing_slash)
		return -ENOTDIR;
	if (!is_directory(from) &&
	    (from->last.trailing_slash || (!exchange && to->last.trailing_slash)))
		return -ENOTDIR;
	/* The tree would get a circle that nothing could reach any more. */
	if (dentry_is_below(to->parent.dentry, from->dentry))
		return -EINVAL;
	if (dentry_is_below(from->parent.dentry, to->dentry))
		return exchange ? -EINVAL : -ENOTEMPTY;
	return 0;
}

/* A directory that changes its parent has its `..` written: that takes the right to write it, too
 * (rename(2), EACCES). */
static int may_change_parent(const struct renaming *renaming, const struct place *place)
{
	if (!is_directory(place) ||
	    renaming->from.parent.dentry == renaming->to.parent.dentry)
		return 0;
	return inode_permission(place->dentry->inode, ACCESS_WRITE, current->credentials);
}

/* Taking `from` away and putting it in `to`'s place; when they are exchanged, both.  What is
 * replaced must be of the same kind: place_may_delete() says ENOTDIR or EISDIR. */
static int check_rights(const struct renaming *renaming)
{
	const struct place *from = &renaming->from, *to = &renaming->to;
	bool exchange = renaming->flags & RENAME_EXCHANGE;
	int error = place_may_delete(from, is_directory(from));

	if (!error && !to->dentry->inode)
		error = inode_may_create(place_directory(to));
	else if (!error)
		error = place_may_delete(to, is_directory(exchange ? to : from));
	if (!error && !place_directory(from)->ops->rename)
		error = -EPERM;
	if (!error)
		error = may_change_parent(renaming, from);
	if (!error && exchange)
		error = may_change_parent(renaming, to);
	if (!error && (from->dentry->mounted_on || to->dentry->mounted_on))
		error = -EBUSY;
	return error;
}

/* By address, since neither of the two contains the other (docs/locks.md); `b` may be NULL. */
static void inodes_lock(struct inode *a, struct inode *b)
{
	assert(a != b);
	if (b && b < a)
		mutex_acquire(&b->lock);
	mutex_acquire(&a->lock);
	if (b && b > a)
		mutex_acquire(&b->lock);
}

static void inodes_unlock(struct inode *a, struct inode *b)
{
	if (b)
		mutex_release(&b->lock);
	mutex_release(&a->lock);
}

/* Everything is allowed: the file system's part, then the names. */
static int rename_do(struct renaming *renaming)
{
	struct dentry *from = renaming->from.dentry, *to = renaming->to.dentry;
	struct inode *dir = place_directory(&renaming->from), *target = to->inode;
	bool exchange = renaming->flags & RENAME_EXCHANGE;
	int error;

	assert(mutex_held(&dir->lock) && mutex_held(&place_directory(&renaming->to)->lock));
	inodes_lock(from->inode, target);
	error = dir->ops->rename(dir, from, place_directory(&renaming->to), to, renaming->flags);
	inodes_unlock(from->inode, target);
	if (error)
		return error;
	/* Negative names below a directory that is gone would keep its dentry alive. */
	if (target && !exchange && S_ISDIR(target->mode))
		dentry_prune(to);
	/* The names follow what the file system has done; nothing can fail here. */
	dentry_move(from, to, exchange);
	return 0;
}

/* Both parents are locked: look at the names only now, and then nothing changes any more. */
static int rename_locked(struct renaming *renaming)
{
	int error = place_lookup(&renaming->from);

	if (!error)
		error = place_lookup(&renaming->to);
	if (!error)
		error = check_names(renaming);
	if (error)
		return error;
	if (renaming->from.dentry->inode == renaming->to.dentry->inode)
		return 0; /* two names of one file: nothing to do, both stay */
	error = check_rights(renaming);
	return error ? error : rename_do(renaming);
}

long sys_renameat2(int from_dirfd, user_address from, int to_dirfd, user_address to, int flags)
{
	struct renaming renaming = { .flags = flags };
	int error;

	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if ((flags & RENAME_NOREPLACE) && (flags & RENAME_EXCHANGE))
		return -EINVAL;
	error = place_find(&renaming.from, from_dirfd, from);
	if (error)
		return error;
	error = place_find(&renaming.to, to_dirfd, to);
	if (error) {
		place_release(&renaming.from);
		return error;
	}
	error = check_lasts(&renaming);
	if (!error) {
		parents_lock(&renaming);
		error = rename_locked(&renaming);
		parents_unlock(&renaming);
	}
	place_release(&renaming.to);
	place_release(&renaming.from);
	return error;
}

long sys_renameat(int from_dirfd, user_address from, int to_dirfd, user_address to)
{
	return sys_renameat2(from_dirfd, from, to_dirfd, to, 0);
}

long sys_rename(user_address from, user_address to)
{
	return sys_renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}
