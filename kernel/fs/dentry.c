/* SPDX-License-Identifier: MIT */
/*
 * dentry.c - the life of names: made, given an inode, moved, removed, kept unused, freed.
 *
 * How a name is found is dentry_hash.c's, how memory is got back dentry_reclaim.c's.  A dentry with
 * count 0 is `unused`: still hashed, at the end of a list whose front is freed first.  One that is
 * not hashed cannot be found any more and is freed with its last count.
 *
 * Invariants: a dentry holds one count of its parent and, when positive, one of its inode, so a
 * dentry with children is never unused; hashed implies that the parent is in the tree of the same
 * superblock; a root is its own parent, is never hashed and holds no count of itself.
 *
 * Locks: dentry_lock around hash chains, lists of children and the unused list; a directory's lock
 * (the caller's) around what makes a name in it, or makes one positive or negative.  Freeing puts
 * the inode, which may sleep, so it is done with no spinlock held.
 */
#include "fs/dentry.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"

static struct slab_cache dentry_cache = SLAB_CACHE_RECLAIMABLE("dentry", struct dentry);
struct list dentries_unused = LIST_INIT(dentries_unused);
static uint64_t used;

uint64_t dentries_used(void)
{
	return used;
}

/* With count 1, its own parent, in no list: whatever becomes of it is the caller's next step.  The
 * name is copied, up to 39 bytes into the dentry itself: longer ones are rare.  `hash` is set where
 * it gets a parent: without one it is never looked for. */
static struct dentry *dentry_alloc(struct superblock *superblock, const char *name, size_t length)
{
	struct dentry *dentry = slab_alloc(&dentry_cache);
	char *text;

	assert(length <= NAME_MAX); /* name_length has one byte */
	if (!dentry)
		return NULL;
	text = dentry->inline_name;
	if (length >= DENTRY_NAME_INLINE)
		text = kmalloc(length + 1);
	if (!text) {
		slab_free(&dentry_cache, dentry);
		return NULL;
	}
	memcpy(text, name, length);
	text[length] = '\0';
	dentry->count = 1;
	dentry->parent = dentry;
	dentry->inode = NULL;
	dentry->superblock = superblock;
	dentry->name = text;
	dentry->name_length = length;
	dentry->hashed = dentry->mounted_on = false;
	dentry->entry = NULL;
	list_init(&dentry->children);
	list_init(&dentry->sibling);
	list_init(&dentry->lru);
	used++;
	return dentry;
}

/* The directory's lock, held from the look that found nothing, keeps others from making the same
 * name: two entries for one name would be two different answers. */
struct dentry *dentry_create(struct dentry *parent, const char *name, size_t length, uint32_t hash)
{
	struct dentry *dentry = dentry_alloc(parent->superblock, name, length);
	uint64_t flags;

	assert(mutex_held(&parent->inode->lock) && S_ISDIR(parent->inode->mode));
	if (!dentry)
		return NULL;
	flags = spinlock_acquire(&dentry_lock);
	dentry->parent = parent;
	dentry->hash = hash;
	dentry_get(parent);
	list_add_last(&parent->children, &dentry->sibling);
	dentry_hash_insert(dentry);
	spinlock_release(&dentry_lock, flags);
	return dentry;
}

/* Its name is never compared (a root is not hashed); "/" shows in messages only. */
struct dentry *dentry_create_root(struct superblock *superblock, struct inode *inode)
{
	struct dentry *dentry = dentry_alloc(superblock, "/", 1);

	if (dentry)
		dentry_instantiate(dentry, inode);
	return dentry;
}

/* `name` is what readlink(2) of /proc/PID/fd shows; others may have the same. */
struct dentry *dentry_create_nameless(struct superblock *superblock, const char *name,
				      struct inode *inode)
{
	struct dentry *dentry = dentry_alloc(superblock, name, strnlen(name, NAME_MAX));

	if (dentry)
		dentry_instantiate(dentry, inode);
	return dentry;
}

/* Of a negative dentry only: a positive one must pass through dentry_delete() first, else it would
 * lose its count of the old inode. */
void dentry_instantiate(struct dentry *dentry, struct inode *inode)
{
	assert(!dentry->inode);
	assert(inode->count > 0 && inode->superblock == dentry->superblock);
	dentry->inode = inode;
}

struct dentry *dentry_free(struct dentry *dentry)
{
	struct dentry *parent = dentry->parent != dentry ? dentry->parent : NULL;

	assert(!dentry->hashed && list_is_empty(&dentry->children) && !dentry->mounted_on);
	assert(list_is_empty(&dentry->lru) && used > 0);
	list_remove(&dentry->sibling);
	if (dentry->inode)
		inode_put(dentry->inode);
	if (dentry->name != dentry->inline_name)
		kfree((void *)dentry->name);
	slab_free(&dentry_cache, dentry);
	used--;
	return parent;
}

void dentry_put_last(struct dentry *dentry)
{
	/* A loop and not a recursion: removing the last name in a deep tree frees one parent after
	 * the other, and the kernel's stack is 16 KiB. */
	while (dentry) {
		uint64_t flags = spinlock_acquire(&dentry_lock);

		debug_assert(dentry->count == 0 && list_is_empty(&dentry->lru));
		if (dentry->hashed)
			list_add_last(&dentries_unused, &dentry->lru);
		spinlock_release(&dentry_lock, flags);
		if (dentry->hashed)
			return;
		dentry = dentry_free(dentry);
		debug_assert(!dentry || dentry->count > 0);
		if (dentry && --dentry->count > 0)
			return;
	}
}

/* Who has it open keeps it and, through it, its parent; only new look-ups do not meet it. */
void dentry_unhash(struct dentry *dentry)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);

	dentry_hash_remove(dentry);
	spinlock_release(&dentry_lock, flags);
}

void dentry_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->inode;

	assert(dentry->count > 0 && inode);
	/* What is cached below a removed directory are negative names only: free them, or they
	 * would keep this dentry in use. */
	if (S_ISDIR(inode->mode))
		dentry_prune(dentry);
	/* Somebody still has it open: the name must be free for a new file, so this dentry leaves
	 * the hash and keeps its inode until it is closed. */
	if (dentry->count > 1) {
		dentry_unhash(dentry);
		return;
	}
	dentry->inode = NULL;
	inode_put(inode);
}

/* Exchanges names, minding those that are kept in the dentries themselves. */
static void names_exchange(struct dentry *a, struct dentry *b)
{
	/* The pointer must follow the bytes: a name inside one dentry must end up inside the
	 * other. */
	bool a_inside = a->name == a->inline_name, b_inside = b->name == b->inline_name;
	const char *name = a->name;
	char text[DENTRY_NAME_INLINE];
	uint8_t length = a->name_length;
	uint32_t hash = a->hash;

	memcpy(text, a->inline_name, sizeof(text));
	memcpy(a->inline_name, b->inline_name, sizeof(text));
	memcpy(b->inline_name, text, sizeof(text));
	a->name = b_inside ? a->inline_name : b->name;
	b->name = a_inside ? b->inline_name : name;
	a->name_length = b->name_length;
	b->name_length = length;
	a->hash = b->hash;
	b->hash = hash;
}

/* The two change places, whether the second one's is wanted or not: then each has one parent and
 * one name all the time, and the counts that they hold of their parents need no change, since one
 * takes over the other's.  Nothing can fail, and no look-up sees a state in between. */
void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *parent = dentry->parent;
	uint64_t flags = spinlock_acquire(&dentry_lock);

	assert(dentry->superblock == target->superblock && dentry != target);
	assert(dentry->parent != dentry && target->parent != target);
	/* Out of their chains first: these go by parent and name. */
	dentry_hash_remove(dentry);
	dentry_hash_remove(target);
	names_exchange(dentry, target);
	dentry->parent = target->parent;
	target->parent = parent;
	list_remove(&dentry->sibling);
	list_remove(&target->sibling);
	list_add_last(&dentry->parent->children, &dentry->sibling);
	list_add_last(&target->parent->children, &target->sibling);
	dentry_hash_insert(dentry);
	/* Else `target` has the old name, but as an unhashed dentry: the name is absent now. */
	if (exchange)
		dentry_hash_insert(target);
	spinlock_release(&dentry_lock, flags);
}

/* Up to the root, which is its own parent.  Nothing sleeps, so no directory moves under the walk;
 * that the answer stays true is the caller's affair (rename_lock). */
bool dentry_is_below(const struct dentry *dentry, const struct dentry *ancestor)
{
	while (dentry != ancestor && dentry->parent != dentry)
		dentry = dentry->parent;
	return dentry == ancestor;
}
