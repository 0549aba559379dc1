/* SPDX-License-Identifier: MIT */
/*
 * proc_links.c - the magic links of /proc/PID: exe, cwd, root, and fd/N.
 *
 * A magic link has no text to resolve: following it goes straight to the path that the process
 * holds, even when that has been unlinked or has no name at all (a pipe).  readlink(2) makes up a
 * text: the path's name, with " (deleted)", or "pipe:[INODE]".
 *
 * Locks: the parts of another task are counted in one step without sleeping.
 *
 * Rights: proc_may_look() for all of them, as Linux's ptrace_may_access(): a link gives access to
 * a file, not just to a name. What is behind a descriptor is reached even if its permission bits
 * would forbid opening it by name - opening it again checks those bits anew.
 */
#include "abi/errno.h"
#include "fs/procfs.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/heap.h"

/* ENOENT for what has no program: a zombie, a task of the kernel.  The three below fill in a path
 * with counts; the process is counted by the caller, its parts are there as long as nobody
 * sleeps. */
int proc_follow_exe(struct process *process, struct path *to)
{
	struct address_space *space = process->leader->space;

	if (!space || !space->executable)
		return -ENOENT;
	assert(space->count > 0);
	*to = space->executable->path;
	path_get(to);
	return 0;
}

/* ENOENT for a process that is ending: it has no context any more. */
int proc_follow_cwd(struct process *process, struct path *to)
{
	if (!process->leader->fs)
		return -ENOENT;
	*to = process->leader->fs->cwd;
	path_get(to);
	return 0;
}

int proc_follow_root(struct process *process, struct path *to)
{
	if (!process->leader->fs)
		return -ENOENT;
	*to = process->leader->fs->root;
	path_get(to);
	return 0;
}

/* Where the link leads now, with counts: -ENOENT when process or descriptor have gone, -EACCES. */
static int process_link_follow(struct inode *inode, struct path *to)
{
	struct proc_inode *about = inode->private;
	struct process *process = proc_inode_process(inode);
	struct file *file;
	int error;

	if (!process)
		return -ENOENT;
	if (!proc_may_look(process)) {
		error = -EACCES;
	} else if (about->entry) {
		error = about->entry->follow(process, to);
	} else {
		file = files_get_of(process->leader, about->fd);
		error = file ? 0 : -ENOENT;
		if (file) {
			*to = file->path;
			path_get(to);
			file_put(file);
		}
	}
	process_put(process);
	return error;
}

/* What readlink shows: the path's name, or "pipe:[INODE]" for what has none. */
static int process_link_text(struct inode *inode, const char **text)
{
	struct path path;
	char *buffer, *name;
	int error = process_link_follow(inode, &path);

	if (error)
		return error;
	assert(path.mount && path.dentry);
	buffer = kmalloc(PATH_MAX);
	name = buffer ? path_name(&path, NULL, buffer, PATH_MAX, true, NULL) : NULL;
	path_put(&path);
	if (!name) {
		error = buffer ? -ENAMETOOLONG : -ENOMEM;
		kfree(buffer);
		return error;
	}
	/* It was written to the end of the buffer, and the buffer is what will be freed. */
	memmove(buffer, name, strlen(name) + 1);
	*text = buffer;
	return 0;
}

static void process_link_release(struct inode *inode, const char *text)
{
	kfree((char *)text);
}

/* ---- /proc/PID/fd ---- */

/* A link for an open descriptor.  It is made anew at each look (proc_process_revalidate()): the
 * number may stand for another file by then. */
static int fd_lookup(struct inode *dir, struct dentry *dentry)
{
	struct process *process = proc_inode_process(dir);
	int fd = proc_name_number(dentry->name, dentry->name_length);
	struct file *file;
	struct inode *inode;

	if (!process)
		return -ENOENT;
	file = fd < 0 ? NULL : files_get_of(process->leader, fd);
	if (!file) {
		process_put(process);
		return -ENOENT;
	}
	inode = proc_process_inode_create(dir->superblock, process, S_IFLNK, 0x10000 + fd);
	if (inode) {
		if (file->mode & FILE_READ)
			inode->mode |= 0500;
		if (file->mode & FILE_WRITE)
			inode->mode |= 0300;
		/* The bits show how the descriptor is open, nothing else (proc(5),
		 * /proc/pid/fd). */
		inode->cache.size = 64; /* of no meaning; what Linux shows */
		inode->ops = &proc_link_ops;
		((struct proc_inode *)inode->private)->fd = fd;
	}
	file_put(file);
	process_put(process);
	if (!inode)
		return -ENOMEM;
	dentry_instantiate(dentry, inode);
	return 0;
}

/* A descriptor's position is its number, behind the dots: what is closed meanwhile is skipped. */
static int fd_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct process *process = proc_inode_process(file->inode);
	int fd;
	char name[16];

	if (!process)
		return -ENOENT;
	if (proc_emit_dots(file, sink)) {
		for (fd = files_next_of(process->leader, file->position - 2); fd >= 0;
		     fd = files_next_of(process->leader, fd + 1)) {
			snprintf(name, sizeof(name), "%d", fd);
			if (!proc_emit(file, sink, name, fd + 3,
				  proc_process_inode_number(process->pid->number, 0x10000 + fd),
				  S_IFLNK))
				break;
		}
	}
	process_put(process);
	return 0;
}

const struct inode_ops proc_link_ops = {
	.follow = process_link_follow,
	.read_link = process_link_text,
	.release_link = process_link_release,
	.evict = proc_process_inode_evict,
};
const struct inode_ops proc_fd_directory_inode_ops = { .lookup = fd_lookup,
						       .evict = proc_process_inode_evict };
const struct file_ops proc_fd_directory_ops = { .read_directory = fd_read_directory,
						.seek = directory_seek };
