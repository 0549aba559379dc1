/* SPDX-License-Identifier: MIT */
/*
 * dentry_hash.c - how a name is found: one hash table over (parent, name) for all file systems.
 *
 * A table for each directory would be small for most and never the right size; in one table a
 * component of a path costs one probe wherever it lies.  The array of chains doubles when there are
 * more entries than chains, so a probe looks at about one dentry, and is halved again after the
 * cache was shrunk.
 *
 * Invariants: `hashed` says that a dentry is in the chain of its parent and hash, so neither may
 * change while it is set; no two entries have the same parent and name.  The first array is static,
 * so that look-up needs no memory; all its chains are empty whenever another one is in use.
 *
 * Lock: dentry_lock, for everything here.
 */
#include "fs/dentry.h"
#include "lib/assert.h"
#include "memory/heap.h"

#define FIRST_CHAINS 1024 /* a power of two, as all sizes: the mask picks the chain */

struct spinlock dentry_lock = SPINLOCK_INIT;
static struct dentry *first_chains[FIRST_CHAINS];
static struct dentry **chains = first_chains;
static uint32_t chain_mask = FIRST_CHAINS - 1;
static uint32_t hashed_count;

/* What a walk computes byte by byte while it looks for the next slash. */
uint32_t name_hash(const char *name, size_t length)
{
	uint32_t hash = NAME_HASH_START;

	while (length--)
		hash = name_hash_add(hash, *name++);
	return hash;
}

/* The parent's address tells equal names of different directories apart: every directory has a
 * "bin" or a "Makefile". The multiplier is 2^64 divided by the golden ratio (Knuth, volume 3,
 * section 6.4): the bits taken from the upper half of the product depend on all below, and the low
 * bits of addresses, which alignment makes equal, do no harm. */
static struct dentry **chain_of(const struct dentry *parent, uint32_t hash)
{
	uint64_t mixed = ((uint64_t)parent >> 4 ^ hash) * 0x9e3779b97f4a7c15UL;

	return &chains[mixed >> 32 & chain_mask];
}

/* A chain is linked both ways, by the address of the pointer that leads to each, so that removing
 * one needs no search. */
static void chain_insert(struct dentry *dentry)
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

/* `count` chains instead of what there is. Without memory the old, longer ones still serve. */
static void hash_resize(uint32_t count)
{
	uint32_t old_count = chain_mask + 1, i;
	struct dentry **old = chains, **fresh = first_chains;

	assert(count >= FIRST_CHAINS && (count & (count - 1)) == 0 && count != old_count);
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
			chain_insert(dentry);
		}
	}
	if (old != first_chains)
		kfree(old);
}

void dentry_hash_insert(struct dentry *dentry)
{
	assert(!dentry->hashed && dentry->parent != dentry);
	chain_insert(dentry);
	if (hashed_count > chain_mask)
		hash_resize(2 * (chain_mask + 1));
}

void dentry_hash_remove(struct dentry *dentry)
{
	debug_assert(spinlock_held(&dentry_lock));
	if (!dentry->hashed)
		return;
	assert(hashed_count > 0 && *dentry->hash_link == dentry);
	*dentry->hash_link = dentry->hash_next;
	if (dentry->hash_next)
		dentry->hash_next->hash_link = dentry->hash_link;
	dentry->hashed = false;
	hashed_count--;
}

/* Halves the array as long as there are two chains or more for each entry.  (With exactly two the
 * next name makes it grow again.) */
void dentry_hash_shrink(void)
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

/* The whole hash is compared first: it differs for nearly every other dentry of the chain, so the
 * bytes of a name are read once, for the entry that is wanted. */
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

struct dentry *dentry_find(struct dentry *parent, const char *name, size_t length, uint32_t hash)
{
	uint64_t flags = spinlock_acquire(&dentry_lock);
	struct dentry *dentry = hash_find(parent, name, length, hash);

	debug_assert(parent->count > 0 && hash == name_hash(name, length));
	/* Unused until now: reclaim must not find it in its list any more. */
	if (dentry && dentry->count++ == 0)
		list_remove(&dentry->lru);
	spinlock_release(&dentry_lock, flags);
	return dentry;
}
