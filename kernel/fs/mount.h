/* SPDX-License-Identifier: MIT */
/*
 * mount.h - superblocks (an instance of a file system) and mounts (where one hangs in the tree).
 *
 * A hash over (mount, dentry) finds the child mount of a mount point.  Locks: mounts_lock (mutex)
 * serialises changes; look-ups read under dentry_lock.  A mount is busy while anything holds a
 * path in it.
 *
 * A superblock's count is the number of its mounts and of file-system instances that keep it; a
 * mount's count is explained in mount.c. MS_RDONLY may be set in either: one mount may be
 * read-only while another of the same superblock is not (mount(2), "MS_BIND | MS_REMOUNT").
 */
#pragma once

#include "abi/mount.h"
#include "fs/path.h"
#include "lib/registry.h"

struct statfs;
/* All may sleep.  `to` of statfs is filled with what is true of any file system before. */
struct superblock_ops {
	/* NULL: nothing to add */
	void (*statfs)(struct superblock *superblock, struct statfs *to);
	int (*sync)(struct superblock *superblock);	   /* NULL: nothing below */
	/* Under mounts_lock.  0, or -EINVAL and nothing has changed; NULL: any flags will do. */
	int (*remount)(struct superblock *superblock, unsigned flags, const char *options);
	void (*release)(struct superblock *superblock);	   /* after the last mount: frees all */
	/* ",size=..." */
	void (*show_options)(struct superblock *superblock, char *to, size_t room);
	/* Whether a cached dentry, positive or negative, still tells the truth; false: the walk
	 * unhashes it and asks lookup again.  NULL: always true.  For procfs. */
	bool (*revalidate)(struct dentry *dentry);
};
struct superblock {
	uint32_t count;		/* mounts, and who else keeps it */
	uint64_t device;	/* st_dev */
	unsigned flags;		/* MS_RDONLY ... */
	const struct file_system *type;
	const struct superblock_ops *ops;
	struct dentry *root;
	/* Held while a directory changes its parent: who holds it sees one tree. */
	struct mutex rename_lock;
	uint64_t next_inode;	/* the last inode number given */
	uint64_t inodes_used;	/* live struct inodes */
	void *private;
};

/* An open set: REGISTER(file_system, ramfs).  mount() makes or finds a superblock. */
struct file_system {
	const char *name;
	bool needs_device;	/* not "nodev" in /proc/filesystems */
	int (*mount)(const struct file_system *type, const char *source, unsigned flags,
		     const char *options, struct superblock **to);
};

struct mount {
	uint32_t count;
	struct mount *parent;	/* NULL: the root mount */
	struct dentry *point;	/* in the parent; NULL: root mount */
	struct superblock *superblock;
	struct dentry *root;
	unsigned flags;		/* MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC ... */
	char *source;		/* the name given as device */
	int id, parent_id;
	struct list link;	/* all mounts in mount order: /proc/mounts */
	struct mount *hash_next;
	struct list children, sibling;
	bool detached;		/* in no tree: a path in it leads nowhere further up */
	uint32_t writers;	/* files open for writing through it: no remount to read-only */
};

extern struct list all_mounts; /* in mount order, by link; under mounts_lock */
extern struct mutex mounts_lock;
extern struct mount *root_mount;

const struct file_system *file_system_find(const char *name); /* or NULL */
/* A superblock with count 1 and no root yet; NULL: no memory. */
struct superblock *superblock_create(const struct file_system *type,
				     const struct superblock_ops *ops);
void superblock_put(struct superblock *superblock); /* the last one frees all; may sleep */
/* The mount, in no tree, of the superblock to which the inodes of pipes and their kin belong. */
struct mount *mount_nameless(void);
uint64_t device_number_anonymous(void); /* a fresh 0:N for st_dev */
struct mount *mount_find(struct mount *parent, const struct dentry *point); /* no count; or NULL */
void mount_get(struct mount *mount);
void mount_put(struct mount *mount); /* may sleep */
/* Follows mounts on top of path downwards, in place. */
void path_cross_down(struct path *path);
/* Files open for writing are counted; -EROFS. */
int mount_write_get(struct mount *mount);
void mount_write_put(struct mount *mount);
int mount_file_system(const char *type, const char *source, const struct path *at, unsigned flags,
		      const char *options);
/* Takes the mount whose root `at` is out of the tree: -EINVAL, -EBUSY; `lazy`: even when busy, with
 * all below it, as MNT_DETACH. */
int mount_remove(const struct path *at, bool lazy);
int mount_set_flags(struct mount *mount, unsigned flags); /* this mount only; -EBUSY */
/* the superblock too */
int mount_remount(struct mount *mount, unsigned flags, const char *options);

/* MS_* that belong to the mount and not to the superblock. */
#define MOUNT_FLAGS                                                                                \
	(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | MS_RELATIME | \
	 MS_NOSYMFOLLOW)
void mount_root_create(void); /* the first mount of all: "rootfs"; panics without memory */
void fs_init(void); /* the root file system, and in it what the boot module holds */
