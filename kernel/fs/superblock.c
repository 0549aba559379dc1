/* SPDX-License-Identifier: MIT */
/*
 * superblock.c - instances of file systems, the set of their types, and the instance that holds
 * what has no name in the tree (pipes and their kin).
 *
 * A superblock is counted by its mounts; with the last one its dentries and inodes go, then what
 * the file system keeps (ops->release).
 *
 * No lock: counts and device numbers change without sleeping; dentries_drop_superblock() runs when
 * nobody can reach the tree any more. st_dev of what has no device is 0:N, never given twice.
 */
#include "abi/errno.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/registry.h"
#include "lib/string.h"
#include "memory/heap.h"

/* By the name that mount(2) gives; NULL: ENODEV. A few types: a list is enough. */
const struct file_system *file_system_find(const char *name)
{
	struct file_system **each;

	registry_for_each(file_system, each)
		if (strcmp((*each)->name, name) == 0)
			return *each;
	return NULL;
}

/* Programs compare st_dev and st_ino to tell whether two names are one file (find, cp, tar), so two
 * file systems must never have the same number. */
uint64_t device_number_anonymous(void)
{
	static uint32_t last;

	assert(last < UINT32_MAX);
	return device_number(0, ++last);
}

/* Count 1, for the mount to come; without a root.  NULL: no memory. */
struct superblock *superblock_create(const struct file_system *type,
				     const struct superblock_ops *ops)
{
	struct superblock *superblock = kzalloc(sizeof(*superblock));

	if (!superblock)
		return NULL;
	assert(type && ops);
	superblock->count = 1;
	superblock->device = device_number_anonymous();
	superblock->type = type;
	superblock->ops = ops;
	mutex_init(&superblock->rename_lock);
	return superblock;
}

/* The order: what is dirty is written while the tree is still there, then dentries, which hold the
 * inodes, and last what the file system keeps for all of them.  May sleep. */
void superblock_put(struct superblock *superblock)
{
	assert(superblock->count > 0);
	if (--superblock->count > 0)
		return;
	if (superblock->ops->sync)
		superblock->ops->sync(superblock);
	if (superblock->root)
		dentries_drop_superblock(superblock);
	assert(superblock->inodes_used == 0);
	if (superblock->ops->release)
		superblock->ops->release(superblock);
	kfree(superblock);
}

/* Static, with counts that never go: pipes are made without asking whether it exists. */
static const struct superblock_ops nameless_ops = { 0 };
static const struct file_system nameless_type = { .name = "pipefs" };
static struct superblock nameless_superblock = {
	.count = 1, .type = &nameless_type, .ops = &nameless_ops
};
static struct mount nameless = {
	.count = 1, .superblock = &nameless_superblock, .detached = true,
	.link = LIST_INIT(nameless.link),
};

struct mount *mount_nameless(void)
{
	if (!nameless_superblock.device)
		nameless_superblock.device = device_number_anonymous();
	assert(nameless.count > 0 && nameless_superblock.count > 0);
	return &nameless;
}
