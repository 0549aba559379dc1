/* SPDX-License-Identifier: MIT */
/*
 * path.c - the walk from a name to (mount, dentry): path_resolution(7).
 *
 * The walk keeps one counted place, `at`, and eats one component after the other from a stack of
 * texts: the name given and, above it, the symbolic links met in its middle.  A text whose last
 * component is a link is replaced by the link's text, so only texts with something left wait on the
 * stack.  A component in the cache costs one hash probe and no allocation; only what is not cached
 * takes the directory's lock and asks the file system.
 *
 * The last component is left to the caller (walk_parent), who looks it up (walk_last) or
 * creates, removes or renames it.
 *
 * Errors: ENOENT, ENOTDIR, EACCES (search permission, traps of links), ELOOP, ENAMETOOLONG.
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

void path_put(const struct path *path)
{
	dentry_put(path->dentry);
	mount_put(path->mount);
}

static bool at_root(const struct walk *walk)
{
	return walk->at.dentry == walk->root.dentry && walk->at.mount == walk->root.mount;
}

/* One step up: never above the task's root; out of a mount at its root. */
static void walk_up(struct walk *walk)
{
	struct path *at = &walk->at, up;

	while (!at_root(walk) && at->dentry == at->mount->root && at->mount->parent) {
		up = (struct path){ at->mount->parent, at->mount->point };
		path_get(&up);
		path_put(at);
		*at = up;
	}
	if (at_root(walk) || at->dentry == at->mount->root)
		return;
	up.dentry = at->dentry->parent;
	dentry_get(up.dentry);
	dentry_put(at->dentry);
	at->dentry = up.dentry;
	path_cross_down(at);
}

/* `last` below `at`: from the cache, or through the directory's lock; negative: -ENOENT. */
static int walk_find(struct walk *walk, struct dentry **to)
{
	const struct last_component *last = &walk->last;
	struct inode *dir = walk->at.dentry->inode;
	struct dentry *dentry = NULL;
	int error;

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

static void text_release(struct walk_text *text)
{
	if (!text->link)
		return;
	if (text->text && text->link->ops->release_link)
		text->link->ops->release_link(text->link, text->text);
	inode_put(text->link);
	text->link = NULL;
}

/* protected_symlinks of proc(5): in a sticky, world-writable directory only one's own links and
 * those of the directory's owner are followed. */
static bool link_is_a_trap(const struct walk *walk, const struct inode *link)
{
	const struct inode *dir = walk->at.dentry->inode;
	bool at_the_end = walk->depth == 0 && !*walk->texts[0].rest;

	return at_the_end && (dir->mode & (S_ISVTX | S_IWOTH)) == (S_ISVTX | S_IWOTH) &&
	       link->uid != current->credentials->fsuid && link->uid != dir->uid;
}

/* Puts the link's text on the stack, in place of a text of which nothing is left. */
static int text_push(struct walk *walk, struct inode *link)
{
	struct walk_text *text = &walk->texts[walk->depth];
	const char *to;
	int error = link->ops->read_link(link, &to);

	if (error)
		return error;
	inode_get(link);
	if (*text->rest)
		text = &walk->texts[++walk->depth];
	else
		text_release(text);
	*text = (struct walk_text){ .rest = to, .link = link, .text = to };
	if (*to == '/') {
		path_put(&walk->at);
		walk->at = walk->root;
		path_get(&walk->at);
	}
	return 0;
}

/* /proc's links lead straight to a place, whatever its name. */
static int magic_follow(struct walk *walk, struct inode *link)
{
	struct path to;
	int error;

	if (walk->flags & LOOKUP_NO_MAGIC)
		return -ELOOP;
	error = link->ops->follow(link, &to);
	if (error)
		return error;
	path_put(&walk->at);
	walk->at = to;
	walk->last.kind = LAST_DOT;
	return 0;
}

static int link_enter(struct walk *walk, struct dentry *dentry)
{
	struct inode *link = dentry->inode;
	int error = 0;

	if (walk->follows++ >= SYMLINK_FOLLOWS_MAX)
		error = -ELOOP;
	else if (link_is_a_trap(walk, link))
		error = -EACCES;
	else if (walk->at.mount->flags & MS_NOSYMFOLLOW)
		error = -ELOOP;
	if (!error) {
		inode_accessed(walk->at.mount, link);
		error = link->ops->follow ? magic_follow(walk, link) : text_push(walk, link);
	}
	dentry_put(dentry);
	return error;
}

/* Goes to a dentry below `at` (count consumed), and into what is mounted there. */
static void walk_down(struct walk *walk, struct dentry *dentry)
{
	dentry_put(walk->at.dentry);
	walk->at.dentry = dentry;
	if (unlikely(dentry->mounted_on))
		path_cross_down(&walk->at);
}

/* A component in the middle: where it leads must be walked through. */
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
		return link_enter(walk, dentry);
	walk_down(walk, dentry);
	return 0;
}

/* Everyone may search most directories: that is seen from the mode alone. */
static int may_search(struct inode *inode)
{
	if (unlikely(!S_ISDIR(inode->mode)))
		return -ENOTDIR;
	if (likely((inode->mode & 0111) == 0111 && !inode->ops->permission))
		return 0;
	return inode_permission(inode, ACCESS_EXECUTE, current->credentials);
}

static enum last_kind kind_of(const char *name, size_t length)
{
	if (likely(name[0] != '.') || length > 2)
		return LAST_NORMAL;
	if (length == 1)
		return LAST_DOT;
	return name[1] == '.' ? LAST_DOTDOT : LAST_NORMAL;
}

/* Scans the next component into walk->last; returns what follows it and its slashes, or an
 * error. */
static int component_next(struct walk *walk, const char **rest)
{
	const char *name = *rest, *end = name;
	uint32_t hash = NAME_HASH_START;

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
			text_release(text);
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

int walk_follow(struct walk *walk, struct dentry *link)
{
	bool slash = walk->last.trailing_slash;
	int error = link_enter(walk, link);

	if (slash)
		walk->flags |= LOOKUP_DIRECTORY | LOOKUP_FOLLOW;
	if (error || walk->last.kind == LAST_DOT)
		return error;
	return walk_parent(walk);
}

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

void walk_end(struct walk *walk)
{
	for (unsigned i = 0; i <= walk->depth; i++)
		text_release(&walk->texts[i]);
	path_put(&walk->root);
}
