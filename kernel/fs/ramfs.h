/* SPDX-License-Identifier: MIT */
/*
 * ramfs.h - a file system that is nothing but the caches: "ramfs", "tmpfs", and "rootfs".
 *
 * A regular file's contents are the page cache embedded in its inode; a directory's entries are the
 * dentries, which the directory pins (one count each) and keeps in a tree by cookie.
 * ramfs.c is the inodes, ramfs_mount.c the superblocks and their limits.
 *
 * Locks: a directory's entries by its inode->lock; the counts in struct ramfs by nothing but the
 * absence of preemption.
 */
#pragma once

#include "fs/mount.h"
#include "lib/tree.h"

struct ramfs { /* superblock->private */
	uint64_t max_pages, max_inodes; /* 0: no limit */
	uint64_t pages, inodes;		/* in use */
	uint32_t mode, uid, gid;	/* of the root, as mounted */
};

/* One name in a directory.  Cookies fall: the newest entry comes first, as on Linux's tmpfs, and an
 * entry made while somebody reads the directory lies behind him. */
struct ramfs_entry {
	struct tree_node node;
	uint64_t cookie;
	struct dentry *dentry;
};
struct ramfs_directory { /* a directory's inode->private */
	struct tree entries;
	uint64_t next_cookie;
};
#define RAMFS_FIRST_COOKIE (1UL << 48)

/* An inode of this type and mode with its private part; NULL: *error says why. */
struct inode *ramfs_inode_create(struct superblock *superblock, uint32_t mode, int *error);

static inline struct ramfs *ramfs_of(const struct inode *inode)
{
	return inode->superblock->private;
}

/* ---- between ramfs.c and ramfs_file.c ---- */
void ramfs_evict(struct inode *inode); /* ops->evict of all kinds of inode */
extern const struct inode_ops ramfs_file_inode_ops; /* of everything but directories and links */
extern const struct page_cache_ops ramfs_cache_ops; /* of regular files */
extern const struct file_ops ramfs_file_ops;	     /* of regular files */
