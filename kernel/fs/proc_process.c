/* SPDX-License-Identifier: MIT */
/*
 * proc_process.c - the names below /proc/PID and /proc/PID/task/TID (proc(5)).
 *
 * A closed table of entries: text files, magic links (exe, cwd, root, fd/N), directories (fd,
 * fdinfo, task).  Each inode carries a struct proc_inode with a counted pid; when the process has
 * gone, its files read ESRCH and its names ENOENT.
 *
 * Rights: an entry marked `owner_only` is for the same user or CAP_SYS_PTRACE (EACCES), as Linux's
 * ptrace check; the inode's owner is the process's effective user.
 *
 * Parts of another task (space, files) are taken with a count in one step without sleeping, so
 * that its exit cannot free them under us.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/heap.h"
#include "task/credentials.h"

struct proc_process_entry {
	const char *name;
	uint32_t mode; /* type and permission bits */
	bool owner_only;
	int (*show)(struct process *process, struct text *text);
	int (*follow)(struct process *process, struct path *to); /* magic links */
};

static struct slab_cache proc_inode_cache = SLAB_CACHE("proc_inode", struct proc_inode);
static const struct inode_ops process_directory_inode_ops, process_link_ops, process_file_ops;
static const struct file_ops process_directory_ops, fd_directory_ops, task_directory_ops;
static const struct inode_ops fd_directory_inode_ops, task_directory_inode_ops;

/* ---- text of small files ---- */

static int show_comm(struct process *process, struct text *text)
{
	text_printf(text, "%s\n", process->leader->name);
	return 0;
}

/* Bytes [start, end) of the process's memory, up to a limit. */
static int show_memory(struct process *process, struct text *text, bool environment)
{
	struct address_space *space = process->leader->space;
	user_address at, end;
	char buffer[256];

	if (!space)
		return 0;
	address_space_get(space);
	at = environment ? space->environment_start : space->argument_start;
	end = environment ? space->environment_end : space->argument_end;
	while (at < end && !text->error) {
		size_t moved = space_copy(space, at, buffer, min(end - at, sizeof(buffer)), false);

		if (!moved)
			break;
		text_append(text, buffer, moved);
		at += moved;
	}
	address_space_put(space);
	return 0;
}

static int show_cmdline(struct process *process, struct text *text)
{
	return show_memory(process, text, false);
}

static int show_environ(struct process *process, struct text *text)
{
	return show_memory(process, text, true);
}

static int show_auxv(struct process *process, struct text *text)
{
	struct address_space *space = process->leader->space;
	size_t used = 0;

	if (!space)
		return 0;
	while (used < array_size(space->auxv) - 2 && space->auxv[used])
		used += 2;
	text_append(text, (const char *)space->auxv, (used + 2) * sizeof(space->auxv[0]));
	return 0;
}

static int show_zero(struct process *process, struct text *text)
{
	text_printf(text, "0\n");
	return 0;
}

static int show_cgroup(struct process *process, struct text *text)
{
	text_printf(text, "0::/\n");
	return 0;
}

static int show_io(struct process *process, struct text *text)
{
	text_printf(text, "rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\n"
			  "write_bytes: 0\ncancelled_write_bytes: 0\n");
	return 0;
}

/* ---- magic links ---- */

static int follow_exe(struct process *process, struct path *to)
{
	struct address_space *space = process->leader->space;

	if (!space || !space->executable)
		return -ENOENT;
	*to = space->executable->path;
	path_get(to);
	return 0;
}

static int follow_cwd(struct process *process, struct path *to)
{
	if (!process->leader->fs)
		return -ENOENT;
	*to = process->leader->fs->cwd;
	path_get(to);
	return 0;
}

static int follow_root(struct process *process, struct path *to)
{
	if (!process->leader->fs)
		return -ENOENT;
	*to = process->leader->fs->root;
	path_get(to);
	return 0;
}

/* ---- the table ---- */

#define FILE_ENTRY(name, permissions, owner, function)                                             \
	{ name, S_IFREG | (permissions), owner, .show = function }
#define LINK_ENTRY(name, function) { name, S_IFLNK | 0777, true, .follow = function }

static const struct proc_process_entry process_entries[] = {
	FILE_ENTRY("auxv", 0400, true, show_auxv),
	FILE_ENTRY("cgroup", 0444, false, show_cgroup),
	FILE_ENTRY("cmdline", 0444, false, show_cmdline),
	FILE_ENTRY("comm", 0644, false, show_comm),
	LINK_ENTRY("cwd", follow_cwd),
	FILE_ENTRY("environ", 0400, true, show_environ),
	LINK_ENTRY("exe", follow_exe),
	{ "fd", S_IFDIR | 0500, true, .show = NULL },
	FILE_ENTRY("io", 0400, true, show_io),
	FILE_ENTRY("limits", 0444, false, proc_show_limits),
	FILE_ENTRY("maps", 0444, true, proc_show_maps),
	FILE_ENTRY("mountinfo", 0444, false, proc_show_mountinfo),
	FILE_ENTRY("mounts", 0444, false, proc_show_mounts),
	FILE_ENTRY("oom_score", 0444, false, show_zero),
	FILE_ENTRY("oom_score_adj", 0644, false, show_zero),
	LINK_ENTRY("root", follow_root),
	FILE_ENTRY("stat", 0444, false, proc_show_stat),
	FILE_ENTRY("statm", 0444, false, proc_show_statm),
	FILE_ENTRY("status", 0444, false, proc_show_status),
	{ "task", S_IFDIR | 0555, false, .show = NULL },
};

static const struct proc_process_entry *process_entry_find(const char *name, bool task)
{
	for (size_t i = 0; i < array_size(process_entries); i++)
		if (!strcmp(process_entries[i].name, name))
			return task && !strcmp(name, "task") ? NULL : &process_entries[i];
	return NULL;
}

/* Inode numbers: the pid above, the entry's index or the descriptor below. */
static uint64_t process_inode_number(int pid, uint64_t below)
{
	return ((uint64_t)pid << 24) + 0x800000 + below;
}

/* ---- inodes ---- */

bool proc_is_process_inode(const struct inode *inode)
{
	return inode->ops == &process_directory_inode_ops || inode->ops == &process_file_ops ||
	       inode->ops == &process_link_ops || inode->ops == &fd_directory_inode_ops ||
	       inode->ops == &task_directory_inode_ops;
}

/* The process with a count, or NULL when it has gone. */
static struct process *inode_process(const struct inode *inode)
{
	struct proc_inode *about = inode->private;
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process = about->pid->process;

	if (process)
		process_get(process);
	spinlock_release(&process_tree_lock, flags);
	return process;
}

bool proc_process_alive(const struct inode *inode)
{
	struct proc_inode *about = inode->private;

	return about->pid->process != NULL;
}

static void process_inode_evict(struct inode *inode)
{
	struct proc_inode *about = inode->private;

	pid_put(about->pid);
	slab_free(&proc_inode_cache, about);
}

/* An inode about the process, owned by its effective user; NULL: no memory. */
static struct inode *process_inode_create(struct superblock *superblock, struct process *process,
					  uint32_t mode, uint64_t below)
{
	struct proc_inode *about = slab_alloc_zeroed(&proc_inode_cache);
	struct inode *inode;

	if (!about)
		return NULL;
	inode = proc_inode_create(superblock, mode,
				  process_inode_number(process->pid->number, below));
	if (!inode) {
		slab_free(&proc_inode_cache, about);
		return NULL;
	}
	about->pid = process->pid;
	pid_get(about->pid);
	inode->private = about;
	inode->ops = &process_file_ops;
	if (process->leader->credentials) {
		inode->uid = process->leader->credentials->euid;
		inode->gid = process->leader->credentials->egid;
	}
	return inode;
}

static struct inode *process_directory_create(struct superblock *superblock,
					      struct process *process, bool task)
{
	struct inode *inode = process_inode_create(superblock, process, S_IFDIR | 0555,
						   task ? 0x1000 : 0);

	if (!inode)
		return NULL;
	((struct proc_inode *)inode->private)->task = task;
	inode->ops = &process_directory_inode_ops;
	inode->file_ops = &process_directory_ops;
	inode->nlink = 2;
	return inode;
}

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

/* Whether the current task may look into the process: the same user, or CAP_SYS_PTRACE. */
static bool process_may_look(struct process *process)
{
	const struct credentials *own = current->credentials;
	const struct credentials *its = process->leader->credentials;

	if (process == current_process() || capable(CAP_SYS_PTRACE))
		return true;
	return its && own->fsuid == its->euid && own->fsuid == its->suid &&
	       own->fsuid == its->uid && own->fsgid == its->egid && own->fsgid == its->sgid &&
	       own->fsgid == its->gid;
}

int proc_process_show(struct inode *inode, struct text *text)
{
	struct proc_inode *about = inode->private;
	struct process *process = inode_process(inode);
	int error = -EACCES;

	if (!process)
		return -ESRCH;
	if (!about->entry->owner_only || process_may_look(process))
		error = about->entry->show(process, text);
	process_put(process);
	return error;
}

/* ---- /proc/PID ---- */

static void process_inode_set_entry(struct inode *inode, const struct proc_process_entry *entry)
{
	struct proc_inode *about = inode->private;

	about->entry = entry;
	if (entry->follow) {
		inode->ops = &process_link_ops;
	} else if (S_ISDIR(entry->mode)) {
		bool fd = !strcmp(entry->name, "fd");

		inode->ops = fd ? &fd_directory_inode_ops : &task_directory_inode_ops;
		inode->file_ops = fd ? &fd_directory_ops : &task_directory_ops;
		inode->nlink = 2;
	}
}

static int process_lookup(struct inode *dir, struct dentry *dentry)
{
	struct proc_inode *about = dir->private;
	const struct proc_process_entry *entry = process_entry_find(dentry->name, about->task);
	struct process *process = entry ? inode_process(dir) : NULL;
	struct inode *inode;

	if (!process)
		return -ENOENT;
	inode = process_inode_create(dir->superblock, process, entry->mode,
				     0x10 + (entry - process_entries) + about->task * 0x1000);
	process_put(process);
	if (!inode)
		return -ENOMEM;
	process_inode_set_entry(inode, entry);
	dentry_instantiate(dentry, inode);
	return 0;
}

static bool emit(struct file *file, struct dirent_sink *sink, const char *name, uint64_t cookie,
		 uint64_t inode, uint32_t mode)
{
	if ((uint64_t)file->position >= cookie)
		return true;
	if (!sink->entry(sink, name, strlen(name), cookie, inode, mode >> 12))
		return false;
	file->position = cookie;
	return true;
}

static bool emit_dots(struct file *file, struct dirent_sink *sink)
{
	uint64_t parent = file->path.dentry->parent->inode->number;

	return emit(file, sink, ".", 1, file->inode->number, S_IFDIR) &&
	       emit(file, sink, "..", 2, parent, S_IFDIR);
}

static int process_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct proc_inode *about = file->inode->private;

	if (!proc_process_alive(file->inode))
		return -ENOENT;
	if (!emit_dots(file, sink))
		return 0;
	for (size_t i = 0; i < array_size(process_entries); i++) {
		const struct proc_process_entry *entry = &process_entries[i];

		if (!process_entry_find(entry->name, about->task))
			continue;
		if (!emit(file, sink, entry->name, 3 + i,
			  process_inode_number(about->pid->number, 0x10 + i), entry->mode))
			return 0;
	}
	return 0;
}

/* ---- links ---- */

static int process_link_follow(struct inode *inode, struct path *to)
{
	struct proc_inode *about = inode->private;
	struct process *process = inode_process(inode);
	struct file *file;
	int error;

	if (!process)
		return -ENOENT;
	if (!process_may_look(process)) {
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
	bool reachable;
	int error = process_link_follow(inode, &path);

	if (error)
		return error;
	buffer = kmalloc(PATH_MAX);
	error = -ENOMEM;
	if (!buffer)
		goto out;
	if (path.mount) {
		name = path_name(&path, NULL, buffer, PATH_MAX, true, &reachable);
		error = -ENAMETOOLONG;
		if (!name)
			goto undo_buffer;
		memmove(buffer, name, strlen(name) + 1);
	} else {
		snprintf(buffer, PATH_MAX, "%s:[%lu]", path.dentry->name,
			 path.dentry->inode->number);
	}
	*text = buffer;
	path_put(&path);
	return 0;

undo_buffer:
	kfree(buffer);
out:
	path_put(&path);
	return error;
}

static void process_link_release(struct inode *inode, const char *text)
{
	kfree((char *)text);
}

/* ---- /proc/PID/fd ---- */

static int name_number(const char *name)
{
	const char *end;
	uint64_t number = string_to_u64(name, &end, 10);

	if (!*name || *end || (name[0] == '0' && name[1]) || number > INT32_MAX)
		return -1;
	return number;
}

static int fd_lookup(struct inode *dir, struct dentry *dentry)
{
	struct process *process = inode_process(dir);
	int fd = name_number(dentry->name);
	struct file *file;
	struct inode *inode;

	if (!process)
		return -ENOENT;
	file = fd < 0 ? NULL : files_get_of(process->leader, fd);
	if (!file) {
		process_put(process);
		return -ENOENT;
	}
	inode = process_inode_create(dir->superblock, process, S_IFLNK | 0100, 0x10000 + fd);
	if (inode) {
		if (file->mode & FILE_READ)
			inode->mode |= 0400;
		if (file->mode & FILE_WRITE)
			inode->mode |= 0200;
		inode->ops = &process_link_ops;
		((struct proc_inode *)inode->private)->fd = fd;
	}
	file_put(file);
	process_put(process);
	if (!inode)
		return -ENOMEM;
	dentry_instantiate(dentry, inode);
	return 0;
}

static int fd_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct process *process = inode_process(file->inode);
	int fd;
	char name[16];

	if (!process)
		return -ENOENT;
	if (emit_dots(file, sink)) {
		for (fd = files_next_of(process->leader, file->position - 2); fd >= 0;
		     fd = files_next_of(process->leader, fd + 1)) {
			snprintf(name, sizeof(name), "%d", fd);
			if (!emit(file, sink, name, fd + 3,
				  process_inode_number(process->pid->number, 0x10000 + fd),
				  S_IFLNK))
				break;
		}
	}
	process_put(process);
	return 0;
}

/* ---- /proc/PID/task: today every process has one ---- */

static int task_lookup(struct inode *dir, struct dentry *dentry)
{
	struct process *process = inode_process(dir);
	struct inode *inode = NULL;
	int error = -ENOENT;

	if (!process)
		return error;
	if (name_number(dentry->name) == process->pid->number) {
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
	if (emit_dots(file, sink))
		emit(file, sink, name, 3, process_inode_number(about->pid->number, 0x1000),
		     S_IFDIR);
	return 0;
}

static const struct inode_ops process_file_ops = { .evict = process_inode_evict };
static const struct inode_ops process_link_ops = {
	.follow = process_link_follow,
	.read_link = process_link_text,
	.release_link = process_link_release,
	.evict = process_inode_evict,
};
static const struct inode_ops process_directory_inode_ops = { .lookup = process_lookup,
							      .evict = process_inode_evict };
static const struct inode_ops fd_directory_inode_ops = { .lookup = fd_lookup,
							 .evict = process_inode_evict };
static const struct inode_ops task_directory_inode_ops = { .lookup = task_lookup,
							   .evict = process_inode_evict };
static const struct file_ops process_directory_ops = { .read_directory = process_read_directory,
						       .seek = directory_seek };
static const struct file_ops fd_directory_ops = { .read_directory = fd_read_directory,
						  .seek = directory_seek };
static const struct file_ops task_directory_ops = { .read_directory = task_read_directory,
						    .seek = directory_seek };
