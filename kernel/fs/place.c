/* SPDX-License-Identifier: MIT */
/*
 * place.c - what all calls that change a directory begin with: the name, its parent, itself.
 *
 * In this order: the name is copied in, the walk goes to its parent, the caller locks that, and
 * then the last component is looked up.  Only from there on does the answer hold: without the lock
 * the name could be made or removed between look and act.
 *
 * Lifetime: a place holds its name's text, a count of the parent's path and, once it is looked up,
 * one of the dentry.  Putting them may free the directory, so its lock is released first.
 */
#include "fs/place.h"
#include "abi/errno.h"
#include "fs/mount.h"
#include "lib/assert.h"

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
	assert(mutex_held(&place_directory(place)->lock) && !place->dentry);
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
 * kind; last that the directory has not been removed itself since the walk found it. */
int place_may_delete(const struct place *place, bool directory)
{
	struct inode *dir = place_directory(place), *victim = place->dentry->inode;
	int error;

	assert(mutex_held(&dir->lock));
	if (!victim)
		return -ENOENT;
	error = inode_may_delete(dir, victim);
	if (error)
		return error;
	if (directory != S_ISDIR(victim->mode))
		return directory ? -ENOTDIR : -EISDIR;
	return dir->nlink ? 0 : -ENOENT;
}
