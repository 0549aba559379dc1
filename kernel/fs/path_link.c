/* SPDX-License-Identifier: MIT */
/*
 * path_link.c - symbolic links in a walk: its stack of texts (symlink(7), path_resolution(7)).
 *
 * At a link the walk goes on with the link's text, and comes back to what was left of the text
 * before.  So texts wait on a stack.  texts[0] is the name that the program gave; a text above it
 * is a link's.  A text whose last component is a link is replaced by the link's text: only texts
 * with something left wait, so a chain of links, each in the last component of the one before,
 * needs one place however long it is, and the stack cannot be deeper than links may be followed.
 *
 * Lifetime: a link's text belongs to its inode (or was made for this look: release_link), so each
 * text on the stack holds a count of the inode that it is the text of.
 *
 * Errors: ELOOP for more than 40 links in one walk, loops among them, and for a link on a mount
 * with MS_NOSYMFOLLOW (mount(2)); EACCES for the traps of proc(5)'s protected_symlinks.
 */
#include "abi/errno.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

void walk_text_release(struct walk_text *text)
{
	if (!text->link)
		return; /* the name given: its owner frees it */
	debug_assert(text->link->count > 0 && text->text);
	if (text->link->ops->release_link)
		text->link->ops->release_link(text->link, text->text);
	inode_put(text->link);
	text->link = NULL;
}

/* protected_symlinks of proc(5): in a sticky, world-writable directory only one's own links and
 * those of the directory's owner are followed.  Else anybody could put a link into /tmp under a
 * name that a program of root's is going to write to.  Only the last component of the whole name
 * counts, as on Linux. */
static bool link_is_a_trap(const struct walk *walk, const struct inode *link)
{
	const struct inode *dir = walk->at.dentry->inode;
	bool at_the_end = walk->depth == 0 && !*walk->texts[0].rest;

	return at_the_end && (dir->mode & (S_ISVTX | S_IWOTH)) == (S_ISVTX | S_IWOTH) &&
	       link->uid != current->credentials->fsuid && link->uid != dir->uid;
}

/* Puts the link's text on the stack, in place of a text of which nothing is left.  walk->last may
 * point into the text that is released: nobody looks at it until the walk has gone on. */
static int text_push(struct walk *walk, struct inode *link)
{
	struct walk_text *text = &walk->texts[walk->depth];
	const char *to;
	int error = link->ops->read_link(link, &to);

	if (error)
		return error;
	assert(walk->depth + 1 < array_size(walk->texts));
	inode_get(link);
	if (*text->rest)
		text = &walk->texts[++walk->depth];
	else
		walk_text_release(text);
	*text = (struct walk_text){ .rest = to, .link = link, .text = to };
	/* A relative text starts in the directory that the link is in, where the walk stands; an
	 * absolute one at the task's root, so that no link leads out of a chroot. */
	if (*to == '/') {
		path_put(&walk->at);
		walk->at = walk->root;
		path_get(&walk->at);
	}
	return 0;
}

/* /proc's links lead straight to a place, whatever its name and even if it has none.  LAST_DOT: the
 * walk is there already, and there is no component left to look up. */
static int magic_follow(struct walk *walk, struct inode *link)
{
	struct path to;
	int error = link->ops->follow(link, &to);

	if (error)
		return error;
	debug_assert(to.mount->count > 0 && to.dentry->count > 0);
	path_put(&walk->at);
	walk->at = to;
	walk->last.kind = LAST_DOT;
	return 0;
}

int walk_link_enter(struct walk *walk, struct dentry *dentry)
{
	struct inode *link = dentry->inode;
	int error = 0;

	debug_assert(S_ISLNK(link->mode) && dentry->count > 0);
	/* All links of the walk count, wherever they are met: else a few dozen, each with the next
	 * one twice in its text, would keep the kernel busy for ever. */
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

int walk_follow(struct walk *walk, struct dentry *link)
{
	bool slash = walk->last.trailing_slash;
	int error = walk_link_enter(walk, link);

	/* "link/" asks for the directory behind it (path_resolution(7)), through more links if need
	 * be; the slash itself is not in the link's text. */
	if (slash)
		walk->flags |= LOOKUP_DIRECTORY | LOOKUP_FOLLOW;
	if (error || walk->last.kind == LAST_DOT)
		return error;
	return walk_parent(walk);
}

void walk_end(struct walk *walk)
{
	for (unsigned i = 0; i <= walk->depth; i++)
		walk_text_release(&walk->texts[i]);
	path_put(&walk->root);
}
