/* SPDX-License-Identifier: MIT */
/*
 * dentry_reclaim.c - dentries that go although nobody has removed their names: to give memory back,
 * below a directory that is removed, and with the whole of a file system.
 *
 * A dentry that nobody uses is kept because it may be asked for again; what it says can always be
 * had from the file system. So any of them may be freed at any time, the least recently used first.
 * File systems in memory pin their positive dentries (ramfs.h): of these only the negative ones go.
 *
 * Locks: dentry_lock to take one out of hash and list; freeing puts its inode, which may sleep, and
 * is done without. Called from an allocation that found no frame, by tasks that may hold inode
 * locks: nothing here takes one.
 */
#include "fs/dentry.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "memory/reclaim.h"

/* Frees an unused dentry; the parent loses its count and may become unused in turn. */
static void dentry_evict(struct dentry *dentry)
{
	struct dentry *parent;
	uint64_t flags = spinlock_acquire(&dentry_lock);

	assert(dentry->count == 0 && dentry->hashed);
	list_remove(&dentry->lru);
	dentry_hash_remove(dentry);
	spinlock_release(&dentry_lock, flags);
	parent = dentry_free(dentry);
	if (parent)
		dentry_put(parent);
}

void dentry_prune(struct dentry *directory)
{
	struct dentry *child, *next;

	assert(directory->count > 0);
	/* The count, on top of the caller's, keeps the loop safe whatever its children let go of.
	 * `next` stays valid because nothing sleeps: below a directory that is removed there are
	 * negative entries only, which have no inode to put. */
	dentry_get(directory);
	list_for_each_safe(child, next, &directory->children, sibling)
		if (child->count == 0)
			dentry_evict(child);
	directory->count--; /* not the last: the caller has one */
}

size_t dentries_shrink(size_t wanted)
{
	size_t freed = 0;
	struct dentry *dentry;

	/* The front is what has been unused longest. Evicting a child may make its parent unused,
	 * which then stands at the end: a tree is so freed from its leaves in several rounds. */
	while (freed < wanted && (dentry = list_first(&dentries_unused, struct dentry, lru))) {
		dentry_evict(dentry);
		freed++;
	}
	dentry_hash_shrink();
	return freed;
}

void dentries_drop_superblock(struct superblock *superblock)
{
	struct dentry *dentry = superblock->root, *parent;

	assert(superblock->count == 0 && dentry->parent == dentry);
	/* Down to a leaf, free it, up to its parent, until the root is a leaf: no recursion, since
	 * the depth of the tree is the programs' choice. */
	while (dentry) {
		if (!list_is_empty(&dentry->children)) {
			dentry = list_first(&dentry->children, struct dentry, sibling);
			continue;
		}
		dentry_unhash(dentry);
		list_remove(&dentry->lru);
		parent = dentry_free(dentry);
		/* Counts are not looked at on the way: nobody uses the tree, but the file system's
		 * own pins (ramfs) are still in them. */
		if (parent)
			parent->count--;
		dentry = parent;
	}
	superblock->root = NULL;
}

