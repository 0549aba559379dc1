/* SPDX-License-Identifier: MIT */
/*
 * dentry.h - names: the cache of look-ups, found or not.
 *
 * A dentry is a name in a parent dentry and the inode behind it, or no inode: a negative entry,
 * which remembers that the name is absent.  One hash probe finds (parent, name).  A child pins its
 * parent; unlink unhashes, but an open file keeps its dentry.  Unused (count 0) dentries stay
 * hashed on a least-recently-used list until reclaim takes them.
 *
 * Locks: dentry_lock (spin) guards hash, tree and LRU; a dentry's name and parent change only
 * under the superblock's rename mutex and dentry_lock.  Counts are plain numbers: kernel code is
 * not preempted, and interrupts touch no dentry.
 *
 * Three states. Positive: name and inode. Negative: the name is known to be absent, which saves a
 * shell that searches PATH from asking the file system each time. Unhashed: cannot be found any
 * more (unlinked while open, or in no directory at all) and goes with its last count.
 */
#pragma once

#include "abi/limits.h"
#include "fs/inode.h"

struct mount;

#define DENTRY_NAME_INLINE 40

struct dentry {
	uint32_t count;
	uint32_t hash;
	struct dentry *parent;	  /* itself for a root */
	struct inode *inode;	  /* NULL: negative */
	struct superblock *superblock;
	const char *name;	  /* NUL-terminated; inline_name or kmalloc'ed */
	uint8_t name_length;
	bool hashed, mounted_on;  /* mounted_on: some mount has it as its mount point */
	struct dentry *hash_next, **hash_link;
	struct list children, sibling;
	struct list lru;	  /* while count == 0 */
	void *entry;		  /* the file system's own record of this name (ramfs) */
	char inline_name[DENTRY_NAME_INLINE];
};

void dentry_put_last(struct dentry *dentry); /* the count has reached 0: keep it unused, or free */

static inline void dentry_get(struct dentry *dentry)
{
	dentry->count++;
}
static inline void dentry_put(struct dentry *dentry) /* the last one may sleep */
{
	if (--dentry->count == 0)
		dentry_put_last(dentry);
}

/* The hash of a name is made while its bytes are scanned; dentry_find() mixes the parent in. */
#define NAME_HASH_START 0
static inline uint32_t name_hash_add(uint32_t hash, char c)
{
	return hash * 31 + (uint8_t)c;
}
uint32_t name_hash(const char *name, size_t length);
/* The cached entry, positive or negative, with a count; or NULL: ask the file system. */
struct dentry *dentry_find(struct dentry *parent, const char *name, size_t length, uint32_t hash);
/* A new hashed negative dentry (count 1), or the one that another made meanwhile; NULL: no
 * memory. */
struct dentry *dentry_create(struct dentry *parent, const char *name, size_t length, uint32_t hash);
struct dentry *dentry_create_root(struct superblock *superblock, struct inode *inode);
/* In no directory: what pipes and their kin have for a name. */
struct dentry *dentry_create_nameless(struct superblock *superblock, const char *name,
				      /* both consume the inode's count on success */
				      struct inode *inode);
/* consumes the inode's count */
void dentry_instantiate(struct dentry *dentry, struct inode *inode);
/* After unlink, with the caller's count: becomes negative when nobody else uses it, or unhashed
 * with its inode. */
void dentry_delete(struct dentry *dentry);
void dentry_unhash(struct dentry *dentry);
/* Gives `dentry` the place and name of `target` (rename); `exchange`: and the other way round. */
void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange);
bool dentry_is_below(const struct dentry *dentry, const struct dentry *ancestor); /* or equal */
void dentry_prune(struct dentry *directory); /* frees the unused entries below it */
size_t dentries_shrink(size_t wanted); /* frees unused ones; the number freed */
/* Frees the whole tree of a superblock that nobody uses any more, root included. */
void dentries_drop_superblock(struct superblock *superblock);
uint64_t dentries_used(void); /* for the accounting */
