/* SPDX-License-Identifier: MIT */
/*
 * proc_process.c - the names below /proc/PID and /proc/PID/task/TID (proc(5)).
 *
 * A closed table of entries: text files, magic links (fs/proc_links.c), directories (fd, task).
 * An entry marked `owner_only` is for who may look into the process (fs/proc_process_inode.c,
 * which has the inodes, too).  A directory whose process has gone answers ESRCH.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "lib/printf.h"
#include "lib/string.h"

static const struct inode_ops process_directory_inode_ops, task_directory_inode_ops;
static const struct file_ops process_directory_ops, task_directory_ops;

/* ---- the table ---- */

#define FILE_ENTRY(name, permissions, owner, function)                                             \
	{ name, S_IFREG | (permissions), owner, .show = function }
#define LINK_ENTRY(name, function) { name, S_IFLNK | 0777, true, .follow = function }

static const struct proc_process_entry process_entries[] = {
	FILE_ENTRY("auxv", 0400, true, proc_show_auxv),
	FILE_ENTRY("cgroup", 0444, false, proc_show_cgroup),
	FILE_ENTRY("cmdline", 0444, false, proc_show_cmdline),
	{ "comm", S_IFREG | 0644, false, .show = proc_show_comm, .store = proc_store_comm },
	LINK_ENTRY("cwd", proc_follow_cwd),
	FILE_ENTRY("environ", 0400, true, proc_show_environ),
	LINK_ENTRY("exe", proc_follow_exe),
	{ "fd", S_IFDIR | 0500, true, .show = NULL },
	FILE_ENTRY("io", 0400, true, proc_show_io),
	FILE_ENTRY("limits", 0444, false, proc_show_limits),
	FILE_ENTRY("maps", 0444, true, proc_show_maps),
	FILE_ENTRY("mountinfo", 0444, false, proc_show_mountinfo),
	FILE_ENTRY("mounts", 0444, false, proc_show_mounts),
	FILE_ENTRY("oom_score", 0444, false, proc_show_oom_score),
	{ "oom_score_adj", S_IFREG | 0644, false, .show = proc_show_oom_score_adj,
	  .store = proc_store_oom_score_adj },
	LINK_ENTRY("root", proc_follow_root),
	FILE_ENTRY("stat", 0444, false, proc_show_stat),
	FILE_ENTRY("statm", 0444, false, proc_show_statm),
	FILE_ENTRY("status", 0444, false, proc_show_status),
	{ "task", S_IFDIR | 0555, false, .show = NULL },
};

/* NULL: no such name.  A thread's directory has no "task" of its own. */
static const struct proc_process_entry *process_entry_find(const char *name, bool task)
{
	for (size_t i = 0; i < array_size(process_entries); i++)
		if (!strcmp(process_entries[i].name, name))
			return task && !strcmp(name, "task") ? NULL : &process_entries[i];
	return NULL;
}

/* ---- /proc/PID ---- */

/* /proc/PID, or with `task` /proc/PID/task/TID, which has the same names. */
static struct inode *process_directory_create(struct superblock *superblock,
					      struct process *process, bool task)
{
	struct inode *inode = proc_process_inode_create(superblock, process, S_IFDIR | 0555,
						   task ? 0x1000 : 0);

	if (!inode)
		return NULL;
	((struct proc_inode *)inode->private)->task = task;
	inode->ops = &process_directory_inode_ops;
	inode->file_ops = &process_directory_ops;
	inode->nlink = 2;
	return inode;
}

/* /proc/NUMBER.  The process may end right after: what is looked up in it then says so. */
int proc_process_lookup(struct inode *dir, struct dentry *dentry, int number)
{
	struct process *process = process_find(number);
	struct inode *inode;

	if (!process)
		return -ENOENT;
	inode = process_directory_create(dir->superblock, process, false);
	process_put(process);
	if (!inode)
		return -ENOMEM;
	dentry_instantiate(dentry, inode);
	return 0;
}

/* Turns a fresh inode into what its entry says: a link, a directory, or a text file, which it
 * is. */
static void process_inode_set_entry(struct inode *inode, const struct proc_process_entry *entry)
{
	struct proc_inode *about = inode->private;

	assert(entry->show || entry->follow || S_ISDIR(entry->mode));
	about->entry = entry;
	if (entry->follow) {
		inode->ops = &proc_link_ops;
	} else if (S_ISDIR(entry->mode)) {
		bool fd = !strcmp(entry->name, "fd");

		inode->ops = fd ? &proc_fd_directory_inode_ops : &task_directory_inode_ops;
		inode->file_ops = fd ? &proc_fd_directory_ops : &task_directory_ops;
		inode->nlink = 2;
	}
}

/* A name in /proc/PID, whose inode numbers begin at 0x10: below is the directory itself. */
static int process_lookup(struct inode *dir, struct dentry *dentry)
{
	struct proc_inode *about = dir->private;
	const struct proc_process_entry *entry = process_entry_find(dentry->name, about->task);
	struct process *process = proc_inode_process(dir);
	struct inode *inode;

	if (!process)
		return -ESRCH;
	if (!entry) {
		process_put(process);
		return -ENOENT;
	}
	inode = proc_process_inode_create(dir->superblock, process, entry->mode,
				     0x10 + (entry - process_entries) + about->task * 0x1000);
	process_put(process);
	if (!inode)
		return -ENOMEM;
	process_inode_set_entry(inode, entry);
	dentry_instantiate(dentry, inode);
	return 0;
}

/* The table's order is the directory's; an entry's position is its index, behind the dots. */
static int process_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct proc_inode *about = file->inode->private;

	if (!proc_process_alive(file->inode))
		return -ENOENT;
	if (!proc_emit_dots(file, sink))
		return 0;
	for (size_t i = 0; i < array_size(process_entries); i++) {
		const struct proc_process_entry *entry = &process_entries[i];

		if (!process_entry_find(entry->name, about->task))
			continue;
		if (!proc_emit(file, sink, entry->name, 3 + i,
			  proc_process_inode_number(about->pid->number, 0x10 + i), entry->mode))
			return 0;
	}
	return 0;
}

/* ---- /proc/PID/task: today every process has one ---- */

static int task_lookup(struct inode *dir, struct dentry *dentry)
{
	struct process *process = proc_inode_process(dir);
	struct inode *inode = NULL;
	int error = -ENOENT;

	if (!process)
		return error;
	if (proc_name_number(dentry->name, dentry->name_length) == process->pid->number) {
		inode = process_directory_create(dir->superblock, process, true);
		error = inode ? 0 : -ENOMEM;
	}
	process_put(process);
	if (inode)
		dentry_instantiate(dentry, inode);
	return error;
}

static int task_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct proc_inode *about = file->inode->private;
	char name[16];

	if (!proc_process_alive(file->inode))
		return -ENOENT;
	snprintf(name, sizeof(name), "%d", about->pid->number);
	if (proc_emit_dots(file, sink))
		proc_emit(file, sink, name, 3,
			  proc_process_inode_number(about->pid->number, 0x1000), S_IFDIR);
	return 0;
}

static const struct inode_ops process_directory_inode_ops = { .lookup = process_lookup,
							      .evict = proc_process_inode_evict };
static const struct inode_ops task_directory_inode_ops = { .lookup = task_lookup,
							   .evict = proc_process_inode_evict };
static const struct file_ops process_directory_ops = { .read_directory = process_read_directory,
						       .seek = directory_seek };
static const struct file_ops task_directory_ops = { .read_directory = task_read_directory,
						    .seek = directory_seek };
