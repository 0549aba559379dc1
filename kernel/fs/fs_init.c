/* SPDX-License-Identifier: MIT */
/*
 * fs_init.c - files at boot: the root file system, and in it what the boot module holds.
 *
 * The code that boots acts as the superuser at the root; process 1 gets a context of its own.
 */
#include "fs/initramfs.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "task/credentials.h"
#include "task/task.h"

void fs_init(void)
{
	struct path root;

	mount_root_create();
	root = (struct path){ root_mount, root_mount->root };
	current->fs = fs_context_create(&root);
	if (!current->fs)
		panic("no memory for the root file system");
	if (!current->credentials)
		current->credentials = credentials_get(&root_credentials);
	initramfs_unpack();
}
