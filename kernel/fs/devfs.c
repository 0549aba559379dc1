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
	struct dentry *dentry = dentry_create(root, device->name, length,
					      name_hash(device->name, length));
	/* Minors above 255 would need the split encoding (abi/stat.h): no driver here has any. */
	uint64_t number = (uint64_t)device->major << 8 | device->minor;
	int error;

	assert(device->minor < 256);
	if (!dentry)
		return -ENOMEM;
	mutex_acquire(&root->inode->lock);
	error = root->inode->ops->create(root->inode, dentry, S_IFCHR | device->mode, number);
	mutex_release(&root->inode->lock);
	dentry_put(dentry);
	return error;
}

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
