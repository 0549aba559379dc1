/* SPDX-License-Identifier: MIT */
/*
 * path_lookup.c - what the rest of the kernel asks of names: copying them in from user memory,
 * looking up one component, a whole path, or a path's parent.
 *
 * The walk itself is in fs/path.c.  Names are copied into whole-page buffers of a cache of their
 * own, so that a call on a path costs no more than taking one and giving it back.
 *
 * Errors of name_read(): EFAULT, ENAMETOOLONG (PATH_MAX includes the NUL), ENOENT for an empty
 * name where AT_EMPTY_PATH does not allow it, ENOMEM.
 *
 * path_lookup_one() is the only place where a name enters the cache: with the directory's lock
 * held, so a file system is asked once for a name, and creation finds the dentry that look-up left
 * negative.
 */
#include "abi/errno.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/task.h"

struct path_buffer {
	char bytes[PATH_MAX];
};
static struct slab_cache path_cache = SLAB_CACHE("path", struct path_buffer);

char *path_buffer_alloc(void)
{
	return spare_alloc(&path_cache);
}

void path_buffer_free(char *buffer) /* NULL is allowed */
{
	spare_free(&path_cache, buffer);
}

/* The whole name is copied once, before the walk: the program may change its memory while we walk,
 * and what was checked must be what is used. */
int name_read(struct name *name, user_address from, bool empty_allowed)
{
	long length;

	name->text = path_buffer_alloc();
	if (!name->text)
		return -ENOMEM;
	length = user_read_string(name->text, from, PATH_MAX);
	if (length == 0 && !empty_allowed)
		length = -ENOENT;
	if (length < 0) {
		name_release(name);
		return length;
	}
	name->length = length;
	return 0;
}

void name_release(struct name *name)
{
	path_buffer_free(name->text);
}

/* Asks the file system for a name that is not cached.  The directory is locked.  Without a look-up
 * operation everything that exists is cached, and this name does not (ramfs.c). */
static int ask_file_system(struct inode *dir, struct dentry *dentry)
{
	int error = dir->ops->lookup ? dir->ops->lookup(dir, dentry) : -ENOENT;

	assert(error <= 0 && !error == (dentry->inode != NULL));
	/* Absent: the dentry stays, negative, and answers the next look without asking. */
	if (error == -ENOENT && dir->ops->create)
		return 0;
	if (error) /* -ENOENT too, where no name can ever be made: so says /proc of mkdir */
		dentry_unhash(dentry);
	return error;
}

/* Whether what the cache says of the name is still true. */
static bool dentry_holds(struct dentry *dentry)
{
	const struct superblock_ops *ops = dentry->superblock->ops;

	return !ops->revalidate || ops->revalidate(dentry);
}

int path_lookup_one(const struct path *parent, const struct last_component *last,
		    struct dentry **to)
{
	struct inode *dir = parent->dentry->inode;
	struct dentry *dentry;
	int error = 0;

	assert(mutex_held(&dir->lock) && last->kind == LAST_NORMAL);
	dentry = dentry_find(parent->dentry, last->name, last->length, last->hash);
	if (dentry && !dentry_holds(dentry)) {
		dentry_unhash(dentry);
		dentry_put(dentry);
		dentry = NULL;
	}
	if (!dentry) {
		/* A removed directory: nothing may come to be in it, not even a negative dentry,
		 * which would count it. */
		if (dir->nlink == 0)
			return -ENOENT;
		dentry = dentry_create(parent->dentry, last->name, last->length, last->hash);
		if (!dentry)
			return -ENOMEM;
		error = ask_file_system(dir, dentry);
	}
	if (error)
		dentry_put(dentry);
	else
		*to = dentry;
	return error;
}

int path_lookup(int dirfd, const char *name, unsigned flags, struct path *to)
{
	struct walk walk;
	int error = walk_start(&walk, dirfd, name, flags);

	if (error)
		return error;
	error = walk_parent(&walk);
	if (!error)
		error = walk_last(&walk);
	if (!error)
		error = walk_check_end(&walk);
	walk_end(&walk);
	if (error)
		path_put(&walk.at);
	else
		*to = walk.at;
	return error;
}

int path_lookup_user(int dirfd, user_address name, unsigned flags, struct path *to)
{
	struct name text;
	int error = name_read(&text, name, flags & LOOKUP_EMPTY);

	if (error)
		return error;
	error = path_lookup(dirfd, text.text, flags, to);
	name_release(&text);
	return error;
}

/* By the time the caller has locked the parent it may have been removed: who changes it looks again
 * under the lock (inode_may_create(), place_may_delete()). */
int path_lookup_parent(int dirfd, const char *name, struct path *parent,
		       struct last_component *last)
{
	struct walk walk;
	int error = walk_start(&walk, dirfd, name, 0);

	if (error)
		return error;
	error = walk_parent(&walk);
	/* Links are only met in the middle, so `last` points into `name`. */
	assert(error || walk.depth == 0);
	if (!error) {
		*parent = walk.at;
		*last = walk.last;
	}
	walk_end(&walk);
	if (error)
		path_put(&walk.at);
	return error;
}

/* Either may be read-only: one mount of a file system that others write to, or all of it. */
int path_want_write(const struct path *path)
{
	return (path->mount->flags | path->mount->superblock->flags) & MS_RDONLY ? -EROFS : 0;
}
