/* SPDX-License-Identifier: MIT */
/*
 * fs_context.c - where a task stands in the tree: root, current directory, umask.
 *
 * Counted; clone's CLONE_FS shares it, plain fork copies it.  The paths in it are counted, so the
 * current directory may be removed under the task's feet but not freed, and its mount is busy.
 *
 * Errors: ENOENT, ENOTDIR, EACCES of path look-up; EPERM for chroot without CAP_SYS_CHROOT;
 * getcwd(2): ERANGE a buffer too small, ENOENT a directory that has been removed.
 *
 * Locks: none: a context changes between two counts without sleeping. Other tasks that look at it
 * (/proc/PID/cwd) take a count in one step.
 */
#include "abi/errno.h"
#include "abi/fcntl.h"
#include "abi/syscalls.h"
#include "fs/executable.h"
#include "fs/file.h"
#include "fs/mount.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"

static struct slab_cache context_cache = SLAB_CACHE("fs_context", struct fs_context);

/* Count 1, root and current directory at `root`; NULL: no memory. */
struct fs_context *fs_context_create(const struct path *root)
{
	struct fs_context *fs = slab_alloc(&context_cache);

	if (!fs)
		return NULL;
	*fs = (struct fs_context){ .count = 1, .umask = 022, .root = *root, .cwd = *root };
	path_get(&fs->root);
	path_get(&fs->cwd);
	return fs;
}

int fs_context_fork(struct task *child, bool share)
{
	struct fs_context *fs = current->fs, *copy;

	if (!fs) { /* the first process */
		child->fs = fs_context_create(&(struct path){ root_mount, root_mount->root });
		return child->fs ? 0 : -ENOMEM;
	}
	if (share) {
		fs->count++;
		child->fs = fs;
		return 0;
	}
	copy = slab_alloc(&context_cache);
	if (!copy)
		return -ENOMEM;
	*copy = *fs;
	assert(fs->count > 0);
	assert(S_ISDIR(fs->cwd.dentry->inode->mode) && S_ISDIR(fs->root.dentry->inode->mode));
	copy->count = 1;
	path_get(&copy->root);
	path_get(&copy->cwd);
	child->fs = copy;
	return 0;
}

void fs_context_exit(struct task *task)
{
	struct fs_context *fs = task->fs;

	task->fs = NULL;
	assert(!fs || fs->count > 0);
	if (!fs || --fs->count > 0)
		return;
	path_put(&fs->root);
	path_put(&fs->cwd);
	slab_free(&context_cache, fs);
}

/* Replaces one of the context's paths; consumes the new one's counts. */
static void place_set(struct path *place, const struct path *to)
{
	struct path old = *place;

	*place = *to;
	/* Last: putting may sleep, and the context must be whole by then. */
	path_put(&old);
}

/* Search permission is asked for on entering (chdir(2), EACCES).  Who loses it later stays inside,
 * but each walk from there asks again (may_search() in path.c). */
static int directory_enter(struct path *to, struct path *place)
{
	int error = inode_permission(to->dentry->inode, ACCESS_EXECUTE, current->credentials);

	if (error)
		path_put(to);
	else
		place_set(place, to);
	return error;
}

long sys_chdir(user_address name)
{
	struct path to;
	int error = path_lookup_user(AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &to);

	return error ? error : directory_enter(&to, &current->fs->cwd);
}

long sys_fchdir(int fd)
{
	struct fd_reference reference = fd_get_any(fd);
	struct path to;

	if (!reference.file)
		return -EBADF;
	to = reference.file->path;
	path_get(&to);
	fd_put(reference);
	if (S_ISDIR(to.dentry->inode->mode))
		return directory_enter(&to, &current->fs->cwd);
	path_put(&to);
	return -ENOTDIR;
}

/* The current directory stays where it is, outside of the new root perhaps: chroot(2) says so, and
 * that it is no way to lock a process in. */
long sys_chroot(user_address name)
{
	struct path to;
	int error = path_lookup_user(AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &to);

	if (error)
		return error;
	error = inode_permission(to.dentry->inode, ACCESS_EXECUTE, current->credentials);
	/* After the look-up: a path that is not there is ENOENT for anybody. */
	if (!error && !capable(CAP_SYS_CHROOT))
		error = -EPERM;
	if (error)
		path_put(&to);
	else
		place_set(&current->fs->root, &to);
	return error;
}

/* For exec, which gives no set-id rights to a program whose root another task could change. */
bool fs_context_is_shared(void)
{
	return current->fs && current->fs->count > 1;
}

long sys_umask(unsigned mask)
{
	uint32_t old = current->fs->umask;

	current->fs->umask = mask & 0777;
	return old;
}

/* getcwd(2): the bytes with the NUL; "(unreachable)" before what lies outside the root. */
long sys_getcwd(user_address buffer, size_t size)
{
	static const char prefix[] = "(unreachable)";
	char *text = path_buffer_alloc(), *name;
	struct fs_context *fs = current->fs;
	bool reachable;
	long length = -ENAMETOOLONG;

	if (!text)
		return -ENOMEM;
	name = path_name(&fs->cwd, &fs->root, text, PATH_MAX, false, &reachable);
	if (name && !reachable) {
		name = name - text >= (ssize_t)sizeof(prefix) - 1 ? name - (sizeof(prefix) - 1)
								  : NULL;
		if (name)
			memcpy(name, prefix, sizeof(prefix) - 1);
	}
	if (fs->cwd.dentry->parent != fs->cwd.dentry && !fs->cwd.dentry->hashed)
		length = -ENOENT;
	else if (name)
		length = text + PATH_MAX - name;
	if (length > 0 && (size_t)length > size)
		length = -ERANGE;
	if (length > 0 && user_put(buffer, name, length))
		length = -EFAULT;
	path_buffer_free(text);
	return length;
}
