/* SPDX-License-Identifier: MIT */
/*
 * dentry.h - names: the cache of look-ups, found or not.
 *
 * A dentry is a name in a parent dentry and the inode behind it, or no inode: a negative entry, which
 * remembers that the name is absent.  One hash probe finds (parent, name).  A child pins its
 * parent; unlink unhashes, but an open file keeps its dentry.  Unused (count 0) dentries stay
 * hashed on a least-recently-used list until reclaim takes them.
 *
 * Locks: dentry_lock (spin) guards hash, tree and LRU; a dentry's name and parent change only
 * under the superblock's rename mutex and dentry_lock.
 */
#pragma once

#include "fs/inode.h"

struct mount;

#define NAME_MAX 255
#define PATH_MAX 4096
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
	char inline_name[DENTRY_NAME_INLINE];
};

void dentries_init(void);
void dentry_get(struct dentry *dentry);
void dentry_put(struct dentry *dentry);
uint32_t name_hash(const struct dentry *parent, const char *name, size_t length);
/* The cached entry, positive or negative, with a count; or NULL: ask the file system. */
struct dentry *dentry_find(struct dentry *parent, const char *name, size_t length, uint32_t hash);
/* A new hashed negative dentry (count 1), or the one that another made meanwhile; NULL: no memory. */
struct dentry *dentry_create(struct dentry *parent, const char *name, size_t length, uint32_t hash);
struct dentry *dentry_create_root(struct superblock *superblock, struct inode *inode);
void dentry_instantiate(struct dentry *dentry, struct inode *inode); /* consumes the inode's count */
/* After unlink: becomes negative when nobody else uses it, or unhashed with its inode. */
void dentry_delete(struct dentry *dentry);
void dentry_unhash(struct dentry *dentry);
/* Gives `dentry` the place and name of `target` (rename); `exchange`: and the other way round. */
void dentry_move(struct dentry *dentry, struct dentry *target, bool exchange);
bool dentry_is_below(const struct dentry *dentry, const struct dentry *ancestor); /* or equal */
size_t dentries_shrink(size_t wanted); /* frees unused ones; the number freed */
void dentries_drop_superblock(struct superblock *superblock);
uint64_t dentries_used(void); /* for the accounting */
