/* SPDX-License-Identifier: MIT */
/*
 * path_name.c - from (mount, dentry) back to a name: for getcwd, /proc/PID/{cwd,fd,maps,mounts}.
 *
 * The name is put together from its end: each dentry's name before its child's, and from a
 * mount's root on to the place that it covers.
 *
 * A dentry that was unlinked keeps its name and parent, so a deleted file can still be named (with
 * the mark). Nothing is locked: names and parents change without sleeping (dentry_move()), and so
 * does this walk run. The name's length is bounded by `room`: NULL when it does not fit
 * (ENAMETOOLONG).
 */
#include "fs/mount.h"
#include "lib/string.h"

struct tail { /* what has been written of the name so far */
	char *start, *limit;
};

/* False: no room, and nothing was written. */
static bool tail_prepend(struct tail *tail, const char *text, size_t length)
{
	if ((size_t)(tail->start - tail->limit) < length)
		return false;
	debug_assert(tail->start >= tail->limit);
	tail->start -= length;
	memcpy(tail->start, text, length);
	return true;
}

/* A NULL root is no place at all: the walk then ends only at the end of the tree. */
static bool is_root(const struct path *at, const struct path *root)
{
	return root && at->dentry == root->dentry && at->mount == root->mount;
}

char *path_name(const struct path *path, const struct path *root, char *buffer, size_t room,
		bool deleted_mark, bool *reachable)
{
	static const char mark[] = " (deleted)";
	struct tail tail = { buffer + room, buffer };
	struct path at = *path;
	bool named = false;

	debug_assert(at.mount->count > 0 && at.dentry->count > 0);
	if (!tail_prepend(&tail, "", 1))
		return NULL;
	if (deleted_mark && at.dentry->parent != at.dentry && !at.dentry->hashed &&
	    !tail_prepend(&tail, mark, sizeof(mark) - 1))
		return NULL;
	while (!is_root(&at, root)) {
		if (at.dentry == at.mount->root) {
			/* The end of the tree, or of a mount that was taken out of it: what is
			 * found is all that can be said. */
			if (!at.mount->parent)
				break;
			at = (struct path){ at.mount->parent, at.mount->point };
			continue;
		}
		if (!tail_prepend(&tail, at.dentry->name, at.dentry->name_length))
			return NULL;
		named = true;
		if (at.dentry->parent == at.dentry) /* nameless: "pipe:[7]" */
			break;
		if (!tail_prepend(&tail, "/", 1))
			return NULL;
		at.dentry = at.dentry->parent;
	}
	if (reachable)
		*reachable = is_root(&at, root) || (!root && at.mount == root_mount);
	/* The root itself is the only name that ends in a slash. */
	if (!named && !tail_prepend(&tail, "/", 1))
		return NULL;
	return tail.start;
}
