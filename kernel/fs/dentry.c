/* SPDX-License-Identifier: MIT */
/*
 * dentry.c - the cache of names.
 *
 * One hash table over (parent, name) for all file systems; it doubles when there are more entries
 * than chains, and is halved again when the cache is shrunk.  A dentry with count 0 is `unused`:
 * still hashed, at the end of a list whose front is freed first.  A dentry that is not hashed
 * cannot be found any more and is freed with its last count.
 *
 * Invariants: a dentry holds one count of its parent and, when positive, one of its inode, so a
 * dentry with children is never unused; hashed implies that the parent is in the tree of the same
 * superblock; a root is its own parent, is never hashed and holds no count of itself.
 *
 * Locks: dentry_lock around hash chains, the unused list and resizing; a directory's lock (the
 * caller's) around what makes a name positive or negative. Freeing puts the inode, which may
 * sleep, so it is done with no spinlock held.
 */
#include "fs/dentry.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"

#define FIRST_CHAINS 1024

static struct slab_cache dentry_cache = SLAB_CACHE("dentry", struct dentry);
/* Guarded by dentry_lock: the chains, every dentry's links in them and in its parent's list of
 * children, and the list of unused ones, oldest first. */
static struct spinlock dentry_lock = SPINLOCK_INIT;
static struct list unused = LIST_INIT(unused);
static struct dentry *first_chains[FIRST_CHAINS];
static struct dentry **chains = first_chains;
static uint32_t chain_mask = FIRST_CHAINS - 1;
static uint32_t hashed_count;
static uint64_t used;

uint64_t dentries_used(void)
{
	return used;
}

uint32_t name_hash(const char *name, size_t length)
{
	uint32_t hash = NAME_HASH_START;

	while (length--)
		hash = name_hash_add(hash, *name++);
	return hash;
}

/* The parent's address tells equal names of different directories apart. */
static struct dentry **chain_of(const struct dentry *parent, uint32_t hash)
{
	uint64_t mixed = ((uint64_t)parent >> 4 ^ hash) * 0x9e3779b97f4a7c15UL;

	return &chains[mixed >> 32 & chain_mask];
}

/* A chain is linked both ways, by the address of the pointer that leads to each, so that removing
 * one needs no search. */
static void hash_insert(struct dentry *dentry)
{
	struct dentry **chain = chain_of(dentry->parent, dentry->hash);

	debug_assert(spinlock_held(&dentry_lock));
	dentry->hash_next = *chain;
	if (*chain)
		(*chain)->hash_link = &dentry->hash_next;
	dentry->hash_link = chain;
	*chain = dentry;
	dentry->hashed = true;
	hashed_count++;
}

static void hash_remove(struct dentry *dentry)
{
	if (!dentry->hashed)
		return;
	debug_assert(hashed_count > 0 && *dentry->hash_link == dentry);
	*dentry->hash_link = dentry->hash_next;
	if (dentry->hash_next)
		dentry->hash_next->hash_link = dentry->hash_link;
	dentry->hashed = false;
	hashed_count--;
}

/* Twice as many chains; without memory the old, longer ones still serve. */
static void hash_resize(uint32_t count)
{
	uint32_t old_count = chain_mask + 1, i;
	struct dentry **old = chains, **fresh = first_chains;

	if (count > FIRST_CHAINS)
		fresh = kcalloc(count, sizeof(*fresh));
	if (!fresh)
		return;
	chains = fresh;
	chain_mask = count - 1;
	hashed_count = 0;
	/* The dentries stay where they are; only their links change, under the lock, so no look-up
	 * sees the table half full. */
	for (i = 0; i < old_count; i++) {
		struct dentry *dentry = old[i], *next;

		old[i] = NULL;
		for (; dentry; dentry = next) {
			next = dentry->hash_next;
			hash_insert(dentry);
		}
	}
	if (old != first_chains)
		kfree(old);
}

/* No larger than growing would have made it. */
static void hash_shrink(void)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);
	uint32_t count = chain_mask + 1;

	while (count > FIRST_CHAINS && hashed_count <= count / 2)
		count /= 2;
	if (count <= chain_mask)
		hash_resize(count);
	spinlock_release(&dentry_lock, flags);
}

/* Names are a few bytes: a call of memcmp() would cost more than its work. */
static inline bool bytes_equal(const char *a, const char *b, size_t length)
{
	while (length && *a == *b) {
		a++;
		b++;
		length--;
	}
	return length == 0;
}

static struct dentry *hash_find(const struct dentry *parent, const char *name, size_t length,
				uint32_t hash)
{
	struct dentry *dentry = *chain_of(parent, hash);

	for (; dentry; dentry = dentry->hash_next)
		if (dentry->hash == hash && dentry->parent == parent &&
		    dentry->name_length == length && bytes_equal(dentry->name, name, length))
			break;
	return dentry;
}

/* A count for a dentry that was found, and so may be unused. */
static struct dentry *dentry_revive(struct dentry *dentry)
{
	debug_assert(spinlock_held(&dentry_lock));
	if (dentry && dentry->count++ == 0)
		list_remove(&dentry->lru);
	return dentry;
}

struct dentry *dentry_find(struct dentry *parent, const char *name, size_t length, uint32_t hash)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);
	struct dentry *dentry = dentry_revive(hash_find(parent, name, length, hash));

	spinlock_release(&dentry_lock, flags);
	return dentry;
}

/* With count 1, its own parent, in no list: whatever becomes of it is the caller's next step. The
 * name is copied, up to 39 bytes into the dentry itself: longer ones are rare. */
static struct dentry *dentry_alloc(struct superblock *superblock, const char *name, size_t length)
{
	struct dentry *dentry = slab_alloc(&dentry_cache);
	char *text;

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

struct dentry *dentry_create(struct dentry *parent, const char *name, size_t length, uint32_t hash)
{
	struct dentry *dentry = dentry_alloc(parent->superblock, name, length), *other;
	uint64_t flags;

	if (!dentry)
		return NULL;
	flags = spinlock_acquire(&dentry_lock);
	/* The allocation may have slept in reclaim: somebody else may have made the same name. */
	other = dentry_revive(hash_find(parent, name, length, hash));
	if (!other) {
		dentry->parent = parent;
		dentry->hash = hash;
		debug_assert(S_ISDIR(parent->inode->mode) && length <= NAME_MAX);
		dentry_get(parent);
		list_add_last(&parent->children, &dentry->sibling);
		hash_insert(dentry);
		if (hashed_count > chain_mask)
			hash_resize(2 * (chain_mask + 1));
	}
	spinlock_release(&dentry_lock, flags);
	if (!other)
		return dentry;
	dentry_put(dentry);
	return other;
}

/* Its name is never compared (a root is not hashed); "/" shows in messages only. */
struct dentry *dentry_create_root(struct superblock *superblock, struct inode *inode)
{
	struct dentry *dentry = dentry_alloc(superblock, "/", 1);

	if (dentry)
		dentry_instantiate(dentry, inode);
	return dentry;
}

struct dentry *dentry_create_nameless(struct superblock *superblock, const char *name,
				      struct inode *inode)
{
	struct dentry *dentry = dentry_alloc(superblock, name, strnlen(name, NAME_MAX));

	if (dentry)
		dentry_instantiate(dentry, inode);
	return dentry;
}

void dentry_instantiate(struct dentry *dentry, struct inode *inode)
{
	assert(!dentry->inode);
	debug_assert(inode && inode->count);
	dentry->inode = inode;
}

/* Takes an uncounted dentry out of the world; returns the parent, whose count is now the
 * caller's. */
static struct dentry *dentry_free(struct dentry *dentry)
{
	struct dentry *parent = dentry->parent != dentry ? dentry->parent : NULL;

	assert(!dentry->hashed && list_is_empty(&dentry->children) && !dentry->mounted_on);
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

		if (dentry->hashed)
			list_add_last(&unused, &dentry->lru);
		spinlock_release(&dentry_lock, flags);
		debug_assert(dentry->count == 0);
		if (dentry->hashed)
			return;
		dentry = dentry_free(dentry);
		if (dentry && --dentry->count > 0)
			return;
	}
}

void dentry_unhash(struct dentry *dentry)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);

	hash_remove(dentry);
	spinlock_release(&dentry_lock, flags);
}

void dentry_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->inode;

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

/* Frees an unused dentry; the parent loses its count and may become unused in turn. */
static void dentry_evict(struct dentry *dentry)
{
	struct dentry *parent;
	uint64_t flags = spinlock_acquire(&dentry_lock);

	assert(dentry->count == 0);
	list_remove(&dentry->lru);
	hash_remove(dentry);
	spinlock_release(&dentry_lock, flags);
	parent = dentry_free(dentry);
	if (parent)
		dentry_put(parent);
}

void dentry_prune(struct dentry *directory)
{
	struct dentry *child, *next;

	/* Counted meanwhile, because the last child's end would otherwise make it unused and free
	 * it. */
	dentry_get(directory);
	list_for_each_safe(child, next, &directory->children, sibling)
		if (child->count == 0)
			dentry_evict(child);
	directory->count--;
}

size_t dentries_shrink(size_t wanted)
{
	size_t freed = 0;
	struct dentry *dentry;

	/* The front is what has been unused longest. Evicting a child may make its parent unused,
	 * which then stands at the end: a tree is so freed from its leaves in several rounds. */
	while (freed < wanted && (dentry = list_first(&unused, struct dentry, lru))) {
		dentry_evict(dentry);
		freed++;
	}
	hash_shrink();
	return freed;
}

void dentries_drop_superblock(struct superblock *superblock)
{
	struct dentry *root = superblock->root, *dentry = root, *parent;

	while (dentry) {
		if (!list_is_empty(&dentry->children)) {
			dentry = list_first(&dentry->children, struct dentry, sibling);
			continue;
		}
		dentry_unhash(dentry);
		list_remove(&dentry->lru);
		parent = dentry_free(dentry);
		if (parent)
			parent->count--;
		dentry = parent;
	}
	/* Counts are not looked at on the way: nobody uses the tree, but the file system's own
	 * pins (ramfs) are still in them. */
	superblock->root = NULL;
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

void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *parent = dentry->parent;
	uint64_t flags = spinlock_acquire(&dentry_lock);

	hash_remove(dentry);
	hash_remove(target);
	debug_assert(dentry->superblock == target->superblock && dentry != target);
	names_exchange(dentry, target);
	dentry->parent = target->parent;
	target->parent = parent;
	list_remove(&dentry->sibling);
	list_remove(&target->sibling);
	list_add_last(&dentry->parent->children, &dentry->sibling);
	list_add_last(&target->parent->children, &target->sibling);
	hash_insert(dentry);
	/* Else `target` has the old name, but as an unhashed dentry: the name is absent now. */
	if (exchange)
		hash_insert(target);
	spinlock_release(&dentry_lock, flags);
}

bool dentry_is_below(const struct dentry *dentry, const struct dentry *ancestor)
{
	while (dentry != ancestor && dentry->parent != dentry)
		dentry = dentry->parent;
	return dentry == ancestor;
}
