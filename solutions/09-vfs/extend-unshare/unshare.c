/* SPDX-License-Identifier: MIT */
/* new in fs/unshare.c */
/*
 * unshare.c - unshare(2): what clone(2) shared becomes the caller's own: descriptors, directories.
 *
 * Check, reserve, commit: the table of descriptors may fail for want of memory, after the context of
 * directories has become ours; as on Linux neither is then undone, for nobody can tell a copy from
 * what it was copied from.  Threads, handlers and memory cannot be taken apart: these are refused
 * unless nothing is shared.  There are no namespaces here: EINVAL, as where Linux is built without.
 */
#include "abi/errno.h"
#include "abi/sched.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/path.h"
#include "task/process.h"

#define KNOWN (CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)

static int fs_context_unshare(void)
{
	struct fs_context *shared = current->fs;
	int error;

	if (shared->count == 1)
		return 0;
	error = fs_context_fork(current, false);
	if (!error)
		shared->count--;
	return error;
}

long sys_unshare(int flags)
{
	int error = 0;

	if (flags & ~KNOWN)
		return -EINVAL;
	if (flags & CLONE_FS)
		error = fs_context_unshare();
	if (!error && (flags & CLONE_FILES))
		error = files_unshare();
	return error;
}
