/* SPDX-License-Identifier: MIT */
/*
 * mount.c - the tree of mounts: which superblock hangs where.
 *
 * A mount in the tree holds one count of itself, one of its parent mount and one of the dentry
 * that it covers; every path holds another of the mount that it lies in, so "busy" is a count that
 * is not explained by the tree.  Mounts on one place stack: the later one covers the root of the
 * earlier one.  dentry->mounted_on keeps the walk from probing the hash at every component.
 *
 * Errors: mount(2): ENODEV no such type, ENOTDIR directory on file or the reverse, EBUSY the same
 * on the same place, EINVAL below a detached mount; umount(2): EINVAL no mount point, EBUSY.
 *
 * Locks: mounts_lock for the tree, taken before any inode's; look-ups run without it, because a
 * mount that is found is counted before anything sleeps.
 */
#include "abi/errno.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"

#define CHAINS 64

struct list all_mounts = LIST_INIT(all_mounts);
struct mutex mounts_lock = MUTEX_INIT(mounts_lock);
struct mount *root_mount;
static struct mount *chains[CHAINS];

/* Objects are aligned: the low bits of their addresses say nothing. */
static struct mount **chain_of(const struct mount *parent, const struct dentry *point)
{
	return &chains[((uint64_t)parent >> 6 ^ (uint64_t)point >> 5) % CHAINS];
}

/* Where mounts are stacked on one place each covers the root of the one before, so at most one
 * mount has this (mount, dentry) as its place. */
struct mount *mount_find(struct mount *parent, const struct dentry *point)
{
	struct mount *mount = *chain_of(parent, point);

	while (mount && !(mount->parent == parent && mount->point == point))
		mount = mount->hash_next;
	return mount;
}

/* A loop, since mounts may be stacked: the top one is what a walk sees. */
void path_cross_down(struct path *path)
{
	struct mount *child;

	/* mounted_on says that *some* mount covers the dentry, perhaps one in another mount of the
	 * same superblock: the hash decides. */
	while (path->dentry->mounted_on && (child = mount_find(path->mount, path->dentry))) {
		struct path to = { child, child->root };

		debug_assert(child->count > 0 && !child->detached);
		path_get(&to);
		path_put(path);
		*path = to;
	}
}

void mount_get(struct mount *mount)
{
	debug_assert(mount->count > 0);
	mount->count++;
}

/* The last count of a mount is never the tree's: it was detached before, by mount_remove(), and
 * lives on until the last path in it goes (umount2(2), MNT_DETACH). */
void mount_put(struct mount *mount)
{
	assert(mount->count > 0);
	if (--mount->count > 0)
		return;
	assert(mount->detached && mount->writers == 0 && list_is_empty(&mount->children));
	dentry_put(mount->root);
	superblock_put(mount->superblock);
	kfree(mount->source);
	kfree(mount);
}

/* For as long as a file is open for writing: a remount to read-only must not surprise it. */
int mount_write_get(struct mount *mount)
{
	if ((mount->flags | mount->superblock->flags) & MS_RDONLY)
		return -EROFS;
	mount->writers++;
	return 0;
}

void mount_write_put(struct mount *mount)
{
	assert(mount->writers > 0);
	mount->writers--;
}

/* A mount in no tree; takes over the superblock's count.  NULL: no memory (the count is put). */
static struct mount *mount_create(struct superblock *superblock, const char *source, unsigned flags)
{
	static int last_id;
	struct mount *mount = kzalloc(sizeof(*mount));

	if (mount)
		mount->source = kstrdup(source);
	if (!mount || !mount->source) {
		kfree(mount);
		superblock_put(superblock);
		return NULL;
	}
	mount->count = 1;
	mount->detached = true;
	mount->superblock = superblock;
	mount->root = superblock->root;
	dentry_get(mount->root);
	mount->flags = flags & MOUNT_FLAGS;
	mount->id = ++last_id;
	list_init(&mount->link);
	list_init(&mount->children);
	list_init(&mount->sibling);
	return mount;
}

/* The tree's count of the mount is the caller's until now. */
static void mount_attach(struct mount *mount, const struct path *at)
{
	struct mount **chain = chain_of(at->mount, at->dentry);

	assert(mutex_held(&mounts_lock) && mount->detached && !mount->parent);
	assert(!mount_find(at->mount, at->dentry) && !at->mount->detached);
	path_get(at);
	mount->parent = at->mount;
	mount->parent_id = at->mount->id;
	mount->point = at->dentry;
	mount->detached = false;
	at->dentry->mounted_on = true;
	mount->hash_next = *chain;
	*chain = mount;
	list_add_last(&at->mount->children, &mount->sibling);
	list_add_last(&all_mounts, &mount->link);
}

/* Whether any mount covers it: a file system may be mounted in several places, and its dentry be
 * covered in one of them only. */
static bool is_mount_point(const struct dentry *dentry)
{
	struct mount *mount;

	list_for_each(mount, &all_mounts, link)
		if (mount->point == dentry)
			return true;
	return false;
}

/* Takes a mount out of the tree; the tree's count of it becomes the caller's. */
static void mount_detach(struct mount *mount)
{
	struct path at = { mount->parent, mount->point };
	struct mount **link = chain_of(at.mount, at.dentry);

	assert(mutex_held(&mounts_lock) && !mount->detached && mount != root_mount);
	assert(list_is_empty(&mount->children));
	while (*link != mount)
		link = &(*link)->hash_next;
	*link = mount->hash_next;
	list_remove(&mount->sibling);
	list_remove(&mount->link);
	mount->parent = NULL;
	mount->point = NULL;
	mount->detached = true;
	at.dentry->mounted_on = is_mount_point(at.dentry);
	path_put(&at);
}

/* A mount and all that is mounted below it (umount2's MNT_DETACH). */
static void mount_detach_all(struct mount *mount)
{
	struct mount *at = mount, *parent;

	/* Leaves first: a mount cannot go while others hang in it. */
	while (at) {
		if (!list_is_empty(&at->children)) {
			at = list_first(&at->children, struct mount, sibling);
			continue;
		}
		parent = at == mount ? NULL : at->parent;
		mount_detach(at);
		mount_put(at);
		at = parent;
	}
}

/* Whether only the tree and the caller's path hold it. */
static bool mount_is_busy(const struct mount *mount)
{
	/* Two: the tree's and that of the path by which the caller found it. */
	return !list_is_empty(&mount->children) || mount->count > 2;
}

/* The caller's path keeps the mount itself until he puts it; what hung below it may go here, which
 * writes back and frees under mounts_lock. */
int mount_remove(const struct path *at, bool lazy)
{
	struct mount *mount = at->mount;
	int error = 0;

	assert(mount->count > 0 && mount != root_mount);
	mutex_acquire(&mounts_lock);
	if (mount->detached || at->dentry != mount->root)
		error = -EINVAL;
	else if (!lazy && mount_is_busy(mount))
		error = -EBUSY;
	else
		mount_detach_all(mount);
	mutex_release(&mounts_lock);
	return error;
}

/* The place was looked up without the lock: what was true then is looked at again. */
static int attach_checked(struct mount *mount, const struct path *at)
{
	bool directory = S_ISDIR(mount->root->inode->mode);

	if (at->mount->detached)
		return -EINVAL;
	/* Removed since it was looked up: nothing could ever reach it. */
	if (at->dentry->inode->nlink == 0)
		return -ENOENT;
	if (directory != S_ISDIR(at->dentry->inode->mode))
		return -ENOTDIR;
	if (at->mount->superblock == mount->superblock && at->mount->root == at->dentry)
		return -EBUSY; /* the same on the same place */
	mount_attach(mount, at);
	return 0;
}

/* The file system is made, or found, before the lock is taken: reading one from a disk takes time,
 * and others may mount meanwhile. */
int mount_file_system(const char *type_name, const char *source, const struct path *at,
		      unsigned flags, const char *options)
{
	const struct file_system *type = file_system_find(type_name);
	struct superblock *superblock;
	struct path place = *at;
	struct mount *mount;
	int error;

	if (!type)
		return -ENODEV;
	error = type->mount(type, source, flags, options, &superblock);
	if (error)
		return error;
	mount = mount_create(superblock, source, flags);
	if (!mount)
		return -ENOMEM;
	mutex_acquire(&mounts_lock);
	/* Another may have been mounted there since the path was looked up: it is covered in
	 * turn. */
	path_get(&place);
	path_cross_down(&place);
	error = attach_checked(mount, &place);
	mutex_release(&mounts_lock);
	path_put(&place);
	if (error)
		mount_put(mount);
	return error;
}

/* Through any mount of it; those in no tree any more are not asked, as nothing leads to them. */
static bool superblock_has_writers(const struct superblock *superblock)
{
	struct mount *mount;

	list_for_each(mount, &all_mounts, link)
		if (mount->superblock == superblock && mount->writers)
			return true;
	return false;
}

/* mount(2) with MS_REMOUNT | MS_BIND: other mounts of the same file system are left alone. */
int mount_set_flags(struct mount *mount, unsigned flags)
{
	int error = 0;

	mutex_acquire(&mounts_lock);
	if ((flags & MS_RDONLY) && mount->writers)
		error = -EBUSY;
	else
		mount->flags = flags & MOUNT_FLAGS;
	mutex_release(&mounts_lock);
	return error;
}

/* The file system refuses before anything is changed: a bad option leaves all as it was. */
int mount_remount(struct mount *mount, unsigned flags, const char *options)
{
	struct superblock *superblock = mount->superblock;
	int error = 0;

	mutex_acquire(&mounts_lock);
	if ((flags & MS_RDONLY) && superblock_has_writers(superblock))
		error = -EBUSY;
	else if (superblock->ops->remount)
		error = superblock->ops->remount(superblock, flags, options);
	if (!error) {
		superblock->flags = (superblock->flags & ~MS_RDONLY) | (flags & MS_RDONLY);
		mount->flags = flags & MOUNT_FLAGS;
	}
	mutex_release(&mounts_lock);
	return error;
}

void mount_root_create(void)
{
	const struct file_system *type = file_system_find("rootfs");
	struct superblock *superblock;

	if (!type || type->mount(type, "rootfs", 0, NULL, &superblock))
		panic("no root file system");
	root_mount = mount_create(superblock, "rootfs", 0);
	if (!root_mount)
		panic("no memory for the root mount");
	root_mount->detached = false;
	list_add_last(&all_mounts, &root_mount->link);
}
