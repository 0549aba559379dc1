/* SPDX-License-Identifier: MIT */
/*
 * inode.h - a file itself: type, owner, size, times, contents; it has no name.
 *
 * Life: an inode is kept while it has references (dentries, open files, areas through files) and
 * evicted with the last one.  File systems that live in memory hold one for every name.
 *
 * Locks: `lock` (mutex) serialises changes of the contents' size, of a directory's entries and of
 * the attributes.
 * Order: a superblock's rename mutex > parents, ancestor first > victims by address > area locks.
 *
 * Fields: mode's type bits, number, superblock and ops never change after creation. mode's
 * permission bits, owner, times, nlink and a directory's entries change under `lock`; counts
 * without a lock, since kernel code is not preempted. Readers of single words (stat) take none.
 */
#pragma once

#include "abi/stat.h"
#include "abi/time.h"
#include "lock/mutex.h"
#include "memory/page_cache.h"

struct dentry;
struct file;
struct inode;
struct mount;
struct superblock;
struct credentials;
struct poll_table;
struct path;
struct attributes;

struct inode_ops {
	/* Directories.  `dir` is locked by the caller for all that change it; names are checked
	 * (1..255 bytes, no '/'), permissions too.  The dentry is negative and becomes positive by
	 * dentry_instantiate() in the operation. */
	/* 0: found (instantiated) or -ENOENT ... */
	int (*lookup)(struct inode *dir, struct dentry *dentry);
	int (*create)(struct inode *dir, struct dentry *dentry, uint32_t mode, uint64_t device);
	int (*link)(struct inode *dir, struct dentry *dentry, struct inode *target);
	int (*symlink)(struct inode *dir, struct dentry *dentry, const char *target);
	/* rmdir too; emptiness is checked in it */
	int (*unlink)(struct inode *dir, struct dentry *dentry);
	/* `flags`: RENAME_NOREPLACE is handled above; RENAME_EXCHANGE here (-EINVAL if
	 * unsupported) */
	int (*rename)(struct inode *from_dir, struct dentry *from, struct inode *to_dir,
		      struct dentry *to, unsigned flags);
	/* Symbolic links: the text and its length in *text, valid while the inode is referenced and
	 * - where it is made for this look - until release_link.  NULL release: nothing to free. */
	int (*read_link)(struct inode *inode, const char **text);
	void (*release_link)(struct inode *inode, const char *text);
	/* Magic links (/proc/PID/fd/N, exe, cwd): jump straight to a path.  NULL: an ordinary
	 * link. */
	int (*follow)(struct inode *inode, struct path *to);
	/* Before attributes are stored into the inode: refuses, or writes them below (then the
	 * pages past a smaller size are still there).  Rights are checked.  NULL: nothing to do. */
	int (*set_attributes)(struct inode *inode, const struct attributes *attributes);
	/* Lets the file system bring size, times ... up to date before stat; NULL: they are. */
	void (*update)(struct inode *inode);
	/* Around a write through the page cache, under inode->lock: how many of *bytes at
	 * `position` there is room for (-ENOSPC: none), and that they were written.  NULL: any
	 * number. */
	int (*write_begin)(struct inode *inode, uint64_t position, size_t *bytes);
	void (*write_end)(struct inode *inode);
	/* NULL: generic */
	int (*permission)(struct inode *inode, unsigned access, const struct credentials *as);
	void (*evict)(struct inode *inode); /* the last reference is gone; its pages go next */
};

/* What chmod, chown, truncate and utimensat change. */
#define ATTRIBUTE_MODE	0x01
#define ATTRIBUTE_UID	0x02
#define ATTRIBUTE_GID	0x04
#define ATTRIBUTE_SIZE	0x08
#define ATTRIBUTE_ATIME 0x10
#define ATTRIBUTE_MTIME 0x20
#define ATTRIBUTE_CTIME 0x40
/* with ATTRIBUTE_ATIME, _MTIME: a time was given (not "now"), so only the owner may */
#define ATTRIBUTE_TIMES_GIVEN 0x80
#define ATTRIBUTE_DROP_PRIVILEGES 0x100 /* chown: set-id bits of what is no directory go */
struct attributes {
	unsigned valid;
	uint32_t mode, uid, gid;
	uint64_t size;
	struct timespec atime, mtime, ctime;
};

struct inode {
	uint32_t count;		/* references */
	uint32_t mode;		/* type and permission bits, as in struct stat */
	uint32_t uid, gid;
	uint64_t number;	/* ino; unique in its superblock, never 0 */
	uint32_t nlink;
	uint64_t device;	/* st_rdev of device nodes (Linux's encoding, abi/stat.h) */
	struct timespec atime, mtime, ctime;
	uint64_t generation;	/* directories: changes with every entry change */
	struct superblock *superblock;
	const struct inode_ops *ops;
	/* what open() gives the file; devices, FIFOs: replaced at open */
	const struct file_ops *file_ops;
	struct mutex lock;
	struct page_cache cache; /* regular files; cache.size is the file's size in bytes */
	/* > 0: open for writing so often; < 0: so many execs deny it (ETXTBSY) */
	int writers;
	uint64_t blocks;	/* st_blocks, 512-byte units, kept by the file system */
	struct file_locks *locks; /* flock and fcntl locks, or NULL (fs/file_lock.c) */
	struct pipe *pipe;	/* FIFOs, while open */
	struct list link;	/* the superblock's list, or the file system's use */
	union {			/* the file system's own */
		void *private;
		uint64_t private_number;
	};
};

void inode_get(struct inode *inode);
void inode_put(struct inode *inode);
/* A fresh inode (count 1, nlink 1, times now), or NULL.  Linked into the superblock's count. */
struct inode *inode_create(struct superblock *superblock, uint32_t mode);
/* The mode that a new inode below `dir` gets of the one wanted: without what umask takes, and
 * set-group only for who may. */
uint32_t inode_new_mode(const struct inode *dir, uint32_t mode);
/* Owner and group for a new inode below `dir` (inode(7)). */
void inode_inherit(struct inode *inode, const struct inode *dir);
void inode_touch(struct inode *inode, unsigned attributes); /* ATTRIBUTE_?TIME bits: now */
static inline uint64_t inode_size(const struct inode *inode)
{
	return read_once(inode->cache.size);
}

/* After a read: the access time, as the mount's flags say (relatime, noatime). NULL: in no
 * mount. */
void inode_accessed(const struct mount *mount, struct inode *inode);

#define ACCESS_EXECUTE 1 /* = X_OK, W_OK, R_OK */
#define ACCESS_WRITE   2
#define ACCESS_READ    4
/* 0 or -EACCES; -EROFS for writing below a read-only superblock. */
int inode_permission(struct inode *inode, unsigned access, const struct credentials *as);
/* Whether the current task owns it, or may act as the owner of any file. */
bool inode_is_ours(const struct inode *inode);
/* Whether `name` may be taken from directory `dir`: write, search, sticky (unlink, rename). */
int inode_may_delete(struct inode *dir, const struct inode *victim);
/* Whether a name may be added: write, search, and that `dir` has not been removed. */
int inode_may_create(struct inode *dir);
/* Under inode->lock; checks rights as chmod(2), chown(2), utimensat(2), truncate(2) say. */
int inode_set_attributes(struct inode *inode, const struct attributes *attributes);
/* The same without a look at rights: for what an open file may do (a new size, and times). */
int inode_change(struct inode *inode, const struct attributes *attributes);
/* Under inode->lock, before the contents change: takes S_ISUID and S_ISGID away (unless
 * CAP_FSETID). */
int inode_strip_privileges(struct inode *inode);
/* A count of writers against a count of execs: -ETXTBSY. */
int inode_write_get(struct inode *inode);
void inode_write_put(struct inode *inode);
int inode_write_deny(struct inode *inode);
void inode_write_allow(struct inode *inode);
struct timespec inode_now(void);
uint64_t inodes_used(void); /* live struct inodes of all superblocks */
