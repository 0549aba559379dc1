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
	uint32_t count;		  /* users: paths, children, pins of the file system */
	uint32_t hash;		  /* of the name alone */
	struct dentry *parent;	  /* itself for a root */
	struct inode *inode;	  /* NULL: negative */
	struct superblock *superblock;
	const char *name;	  /* NUL-terminated; inline_name or kmalloc'ed */
	uint8_t name_length;	  /* without the NUL; NAME_MAX fits */
	bool hashed, mounted_on;  /* mounted_on: some mount has it as its mount point */
	struct dentry *hash_next, **hash_link; /* hash_link: what points to this one */
	struct list children, sibling; /* guarded by dentry_lock */
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
/* The cached entry, positive or negative, with a count; or NULL: ask the file system.  Takes no
 * lock that sleeps: what it says of the name may be out of date a moment later, unless the caller
 * holds the directory's lock. */
struct dentry *dentry_find(struct dentry *parent, const char *name, size_t length, uint32_t hash);
/* A new hashed negative dentry with count 1, below a directory that is locked and in which
 * dentry_find() has not found the name (1 to NAME_MAX bytes).  NULL: no memory. */
struct dentry *dentry_create(struct dentry *parent, const char *name, size_t length, uint32_t hash);
/* The root of a file system.  Consumes the inode's count unless NULL: no memory. */
struct dentry *dentry_create_root(struct superblock *superblock, struct inode *inode);
/* In no directory: what pipes and their kin have for a name.  Consumes the inode's count unless
 * NULL: no memory. */
struct dentry *dentry_create_nameless(struct superblock *superblock, const char *name,
				      struct inode *inode);
/* Makes a negative dentry positive; consumes the inode's count. */
void dentry_instantiate(struct dentry *dentry, struct inode *inode);
/* After unlink, with the caller's count: becomes negative when nobody else uses it, or unhashed
 * with its inode.  Its directory is locked.  May sleep: the inode's last count may be put. */
void dentry_delete(struct dentry *dentry);
/* It is not found any more, and is freed with its last count; twice is no harm. */
void dentry_unhash(struct dentry *dentry);
/* Gives `dentry` the place and name of `target` (rename); `exchange`: and the other way round, else
 * `target` is found nowhere any more.  Both directories are locked, and the superblock's
 * rename_lock is held if there are two. */
void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange);
bool dentry_is_below(const struct dentry *dentry, const struct dentry *ancestor); /* or equal */
/* Frees the unused entries of a directory that the caller has a count of. May sleep. */
void dentry_prune(struct dentry *directory);
/* Frees the whole tree of a superblock that nobody uses any more, root included. */
void dentries_drop_superblock(struct superblock *superblock);
uint64_t dentries_used(void); /* for the accounting */

/* ---- inside fs/dentry*.c ---- */

/* Guards the chains, every dentry's links in them and in its parent's list of children, and the
 * list of unused ones. */
extern struct spinlock dentry_lock;
extern struct list dentries_unused; /* count 0 and hashed; the one unused longest comes first */
/* With dentry_lock held; the second does nothing to a dentry that is not hashed. */
void dentry_hash_insert(struct dentry *dentry);
void dentry_hash_remove(struct dentry *dentry);
void dentry_hash_shrink(void);
/* Frees a dentry with count 0 that is in no chain and in no list of unused ones.  Result: its
 * parent, with a count that is now the caller's, or NULL.  May sleep. */
struct dentry *dentry_free(struct dentry *dentry);
