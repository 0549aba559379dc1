/* SPDX-License-Identifier: MIT */
/*
 * path.c - the walk from a name to (mount, dentry): path_resolution(7).
 *
 * The walk keeps one counted place, `at`, and eats one component after the other from a stack of
 * texts: the name given and, above it, the symbolic links met in its middle (path_link.c).  A
 * component in the cache costs one hash probe and no allocation; only what is not cached takes the
 * directory's lock and asks the file system.
 *
 * The last component is left to the caller (walk_parent), who looks it up (walk_last) or
 * creates, removes or renames it.
 *
 * Lifetime: `at` is counted, so what it names cannot be freed while the walk sleeps; it may be
 * removed meanwhile, and then nothing is found in it any more.  A directory is left only after the
 * next one is counted.
 *
 * Errors: ENOENT, ENOTDIR, EACCES (search permission, traps of links), ELOOP, ENAMETOOLONG.
 *
 * Locks: none is held between components; a directory's around what its file system is asked.
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

void path_get(const struct path *path)
{
	mount_get(path->mount);
	dentry_get(path->dentry);
}

/* The dentry first: the mount keeps its file system, and so the inode's, alive. May sleep. */
void path_put(const struct path *path)
{
	dentry_put(path->dentry);
	mount_put(path->mount);
}

static bool at_root(const struct walk *walk)
{
	return walk->at.dentry == walk->root.dentry && walk->at.mount == walk->root.mount;
}

/* One step up: never above the task's root (chroot(2)); out of a mount at its root, and where
 * mounts are stacked out of all of them.  What is mounted on the parent covers it. */
static void walk_up(struct walk *walk)
{
	struct path *at = &walk->at, up;

	while (!at_root(walk) && at->dentry == at->mount->root && at->mount->parent) {
		up = (struct path){ at->mount->parent, at->mount->point };
		path_get(&up);
		path_put(at);
		*at = up;
	}
	if (!at_root(walk) && at->dentry != at->mount->root) {
		up.dentry = at->dentry->parent;
		dentry_get(up.dentry);
		dentry_put(at->dentry);
		at->dentry = up.dentry;
	}
	/* Also at the root, which may be covered itself: `..` is the way in, "/" is not. */
	path_cross_down(at);
}

/* `last` below `at`: from the cache, or through the directory's lock; negative: -ENOENT.  What is
 * cached is asked without the lock, so nobody who searches a directory waits for who changes it. */
static int walk_find(struct walk *walk, struct dentry **to)
{
	const struct last_component *last = &walk->last;
	struct inode *dir = walk->at.dentry->inode;
	struct dentry *dentry = NULL;
	int error;

	debug_assert(S_ISDIR(dir->mode) && last->kind == LAST_NORMAL);
	/* Where cached names may have become untrue (/proc) only path_lookup_one() may use them. */
	if (likely(!dir->superblock->ops->revalidate))
		dentry = dentry_find(walk->at.dentry, last->name, last->length, last->hash);
	if (!dentry) {
		mutex_acquire(&dir->lock);
		error = path_lookup_one(&walk->at, last, &dentry);
		mutex_release(&dir->lock);
		if (error)
			return error;
	}
	if (!dentry->inode) {
		dentry_put(dentry);
		return -ENOENT;
	}
	*to = dentry;
	return 0;
}

/* Goes to a dentry below `at` (count consumed), and into what is mounted there. */
static void walk_down(struct walk *walk, struct dentry *dentry)
{
	debug_assert(dentry->count > 0 && dentry->inode);
	dentry_put(walk->at.dentry); /* not its last: the child counts its parent */
	walk->at.dentry = dentry;
	if (unlikely(dentry->mounted_on))
		path_cross_down(&walk->at);
}

/* A component in the middle: where it leads must be walked through, so a link is followed whatever
 * the flags say (they are about the last one).  That it leads to a directory is seen by the next
 * round (may_search()), which is the same for the start of the walk. */
static int walk_middle(struct walk *walk)
{
	struct dentry *dentry;
	int error;

	if (walk->last.kind == LAST_DOTDOT)
		walk_up(walk);
	if (walk->last.kind != LAST_NORMAL)
		return 0;
	error = walk_find(walk, &dentry);
	if (error)
		return error;
	if (S_ISLNK(dentry->inode->mode))
		return walk_link_enter(walk, dentry);
	walk_down(walk, dentry);
	return 0;
}

/* -ENOTDIR, -EACCES.  Everyone may search most directories: that is seen from the mode alone,
 * before ids and groups are compared. */
static int may_search(struct inode *inode)
{
	if (unlikely(!S_ISDIR(inode->mode)))
		return -ENOTDIR;
	if (likely((inode->mode & 0111) == 0111 && !inode->ops->permission))
		return 0;
	return inode_permission(inode, ACCESS_EXECUTE, current->credentials);
}

/* `.` and `..` mean the same in every file system, whether or not it stores them: they are never
 * looked up. */
static enum last_kind kind_of(const char *name, size_t length)
{
	if (likely(name[0] != '.') || length > 2)
		return LAST_NORMAL;
	if (length == 1)
		return LAST_DOT;
	return name[1] == '.' ? LAST_DOTDOT : LAST_NORMAL;
}

/* Scans the next component into walk->last, and moves *rest behind it and its slashes: many are as
 * good as one.  -ENAMETOOLONG: a longer one is an error even where the file system could say that
 * it is not there. */
static int component_next(struct walk *walk, const char **rest)
{
	const char *name = *rest, *end = name;
	uint32_t hash = NAME_HASH_START;

	debug_assert(*name && *name != '/');
	for (; *end && *end != '/'; end++)
		hash = name_hash_add(hash, *end);
	if (end - name > NAME_MAX)
		return -ENAMETOOLONG;
	walk->last.name = name;
	walk->last.length = end - name;
	walk->last.hash = hash;
	walk->last.kind = kind_of(name, end - name);
	walk->last.trailing_slash = *end == '/';
	while (*end == '/')
		end++;
	*rest = end;
	return 0;
}

/*
 * Up to the last component of the lowest text.  A text above it that ends (its last component is
 * in the middle of the whole) is taken off the stack once that component is behind us.
 */
int walk_parent(struct walk *walk)
{
	for (;;) {
		struct walk_text *text = &walk->texts[walk->depth];
		int error;

		while (*text->rest == '/')
			text->rest++;
		if (!*text->rest) {
			if (walk->depth == 0) {
				walk->last.kind = LAST_ROOT;
				return 0;
			}
			walk_text_release(text);
			walk->depth--;
			continue;
		}
		error = may_search(walk->at.dentry->inode);
		if (!error)
			error = component_next(walk, &text->rest);
		if (error || (!*text->rest && walk->depth == 0))
			return error;
		error = walk_middle(walk);
		if (error)
			return error;
	}
}

/* A loop, because a link at the end may lead to a link.  It is followed when the flags or a slash
 * behind it say so; else the walk ends at the link itself (lstat(2), readlink(2)). */
int walk_last(struct walk *walk)
{
	while (walk->last.kind == LAST_NORMAL) {
		bool follow = (walk->flags & LOOKUP_FOLLOW) || walk->last.trailing_slash;
		struct dentry *dentry;
		int error = walk_find(walk, &dentry);

		if (error)
			return error;
		if (!S_ISLNK(dentry->inode->mode) || !follow) {
			walk_down(walk, dentry);
			return 0;
		}
		error = walk_follow(walk, dentry);
		if (error)
			return error;
	}
	if (walk->last.kind == LAST_DOTDOT)
		walk_up(walk);
	return 0;
}

int walk_check_end(const struct walk *walk)
{
	bool directory = (walk->flags & LOOKUP_DIRECTORY) ||
			 (walk->last.kind == LAST_NORMAL && walk->last.trailing_slash);

	return directory && !S_ISDIR(walk->at.dentry->inode->mode) ? -ENOTDIR : 0;
}

/* Any descriptor will do, O_PATH ones first of all (open(2)): only its path is used. */
static int start_at_descriptor(struct walk *walk, int dirfd)
{
	struct fd_reference reference = fd_get_any(dirfd);

	if (!reference.file)
		return -EBADF;
	walk->at = reference.file->path;
	path_get(&walk->at);
	fd_put(reference);
	return 0;
}

/* A relative name needs a directory to start in, which the empty one does not: it names the
 * descriptor's file, of any kind.  An absolute name does not look at the descriptor (openat(2)). */
int walk_start(struct walk *walk, int dirfd, const char *name, unsigned flags)
{
	const struct fs_context *fs = current->fs;
	int error = 0;

	walk->flags = flags;
	walk->follows = walk->depth = 0;
	walk->texts[0] = (struct walk_text){ .rest = name };
	walk->root = fs->root;
	walk->last = (struct last_component){ .kind = LAST_ROOT };
	if (!*name && !(flags & LOOKUP_EMPTY))
		return -ENOENT;
	/* Counted for the whole walk: another task that shares the context may chroot meanwhile. */
	path_get(&walk->root);
	if (*name == '/' || dirfd == AT_FDCWD) {
		walk->at = *name == '/' ? fs->root : fs->cwd;
		path_get(&walk->at);
	} else {
		error = start_at_descriptor(walk, dirfd);
		if (!error && *name && !S_ISDIR(walk->at.dentry->inode->mode)) {
			path_put(&walk->at);
			error = -ENOTDIR;
		}
	}
	if (error)
		path_put(&walk->root);
	return error;
}
