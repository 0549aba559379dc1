/* SPDX-License-Identifier: MIT */
/*
 * devfs.c - devtmpfs: a tmpfs that already has a node for every registered character device.
 *
 * One instance, however often it is mounted, as on Linux: what a program adds in one place is seen
 * in the other.  The nodes are made through tmpfs's own operations, so that they can be removed,
 * renamed and chmod'ed like any file.
 *
 * Who mounts it sees nodes with root's ownership and the mode that the driver gave. The superblock
 * is never released, so the nodes outlive the last unmounting, as on Linux.
 */
#include "abi/errno.h"
#include "abi/stat.h"
#include "fs/char_device.h"
#include "fs/mount.h"
#include "lib/string.h"

static struct superblock *device_superblock;

/* A negative dentry below the root, made positive as a device node. */
static int device_node_create(struct dentry *root, const struct char_device *device)
{
	size_t length = strlen(device->name);
	struct inode *dir = root->inode;
	struct dentry *dentry;
	int error = -ENOMEM;

	mutex_acquire(&dir->lock);
	dentry = dentry_create(root, device->name, length, name_hash(device->name, length));
	if (dentry)
		error = dir->ops->create(dir, dentry, S_IFCHR | device->mode,
					 device_number(device->major, device->minor));
	mutex_release(&dir->lock);
	/* Its name pins the dentry (ramfs.h); after an error it goes here. */
	if (dentry)
		dentry_put(dentry);
	return error;
}

/* All or nothing: after an error the next mount begins again. */
static int device_tree_make(const struct file_system *type)
{
	const struct file_system *tmpfs = file_system_find("tmpfs");
	struct superblock *superblock;
	struct char_device **each;
	int error = tmpfs ? tmpfs->mount(tmpfs, "devtmpfs", 0, "mode=755", &superblock) : -ENODEV;

	if (error)
		return error;
	registry_for_each(char_device, each)
	{
		error = device_node_create(superblock->root, *each);
		if (error) {
			superblock_put(superblock);
			return error;
		}
	}
	superblock->type = type;
	device_superblock = superblock; /* this count is kept for ever */
	return 0;
}

static int devtmpfs_mount(const struct file_system *type, const char *source, unsigned flags,
			  const char *options, struct superblock **to)
{
	int error = device_superblock ? 0 : device_tree_make(type);

	if (error)
		return error;
	assert(device_superblock->count > 0);
	device_superblock->count++;
	*to = device_superblock;
	return 0;
}

static struct file_system devtmpfs = { .name = "devtmpfs", .mount = devtmpfs_mount };
REGISTER(file_system, devtmpfs);
