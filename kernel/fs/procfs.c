/* SPDX-License-Identifier: MIT */
/*
 * procfs.c - the /proc file system: its tree of names.  How files get their text is in
 * fs/proc_text.c, what belongs to a process in fs/proc_process.c.
 *
 * Two kinds of names.  The static tree (struct proc_node) is built once, at the first mount, from
 * the registered entries; its dentries are cached like any others.  /proc/PID appears and goes with
 * processes: those dentries are checked by proc_revalidate() at every walk, and the inode counts
 * the struct pid, so that a number is never mistaken for its next owner.
 *
 * Locks: the tree never changes after it is built.
 *
 * Directory positions are cookies that do not depend on what else exists: a process's is its
 * number, so readdir neither repeats nor skips others when processes come and go meanwhile.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "abi/mount.h"
#include "abi/stat.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"

#define PROC_ROOT_INODE	 1
#define PROC_FIRST_PID_COOKIE 1000000 /* directory position of /proc/PID: this + PID */

static struct proc_node proc_root = { .number = PROC_ROOT_INODE,
				      .children = LIST_INIT(proc_root.children) };
static uint32_t proc_next_number = PROC_ROOT_INODE + 1;
static struct superblock *proc_superblock; /* one instance, however often it is mounted */

static const struct inode_ops proc_directory_inode_ops;
static const struct file_ops proc_directory_ops;
static const struct inode_ops proc_file_inode_ops;

/* ---- the static tree ---- */

/* A list is enough: a directory of the static tree has a few dozen names, and dentries are
 * cached. */
static struct proc_node *proc_node_find(struct proc_node *parent, const char *name, size_t length)
{
	struct proc_node *node;

	list_for_each(node, &parent->children, sibling)
		if (strlen(node->name) == length && !memcmp(node->name, name, length))
			return node;
	return NULL;
}

static struct proc_node *proc_node_create(struct proc_node *parent, const char *name, size_t length)
{
	struct proc_node *node = kzalloc(sizeof(*node));

	if (!node)
		return NULL;
	assert(length < sizeof(node->name));
	memcpy(node->name, name, length);
	node->parent = parent;
	node->number = proc_next_number++;
	list_init(&node->children);
	list_add_last(&parent->children, &node->sibling);
	return node;
}

/* Makes the entry's node and the directories on the way to it. */
static int proc_tree_add(const struct proc_entry *entry)
{
	struct proc_node *node = &proc_root;
	const char *name = entry->path;

	while (*name) {
		const char *slash = strchr(name, '/');
		size_t length = slash ? (size_t)(slash - name) : strlen(name);
		struct proc_node *next = proc_node_find(node, name, length);

		node = next ? next : proc_node_create(node, name, length);
		if (!node)
			return -ENOMEM;
		name += length + (slash != NULL);
	}
	node->entry = entry;
	return 0;
}

static int proc_tree_build(void)
{
	struct proc_entry **each;

	registry_for_each(proc_entry, each)
	{
		int error = proc_tree_add(*each);

		if (error)
			return error;
	}
	return 0;
}

/* ---- inodes ---- */

/* Size 0, whatever reading gives: programs must read /proc files to their end (proc(5)). */
struct inode *proc_inode_create(struct superblock *superblock, uint32_t mode, uint64_t number)
{
	struct inode *inode = inode_create(superblock, mode);

	if (!inode)
		return NULL;
	if (number)
		inode->number = number;
	inode->ops = &proc_file_inode_ops;
	inode->file_ops = &proc_text_ops;
	return inode;
}

static uint32_t proc_node_mode(const struct proc_node *node)
{
	if (!node->entry)
		return S_IFDIR | 0555;
	return S_IFREG | (node->entry->mode ? node->entry->mode : 0444);
}

static struct inode *proc_node_inode(struct superblock *superblock, struct proc_node *node)
{
	struct inode *inode = proc_inode_create(superblock, proc_node_mode(node), node->number);

	if (!inode)
		return NULL;
	inode->private = node;
	if (!node->entry) {
		inode->ops = &proc_directory_inode_ops;
		inode->file_ops = &proc_directory_ops;
		inode->nlink = 2;
	} else if (node->entry->file_ops) {
		inode->file_ops = node->entry->file_ops;
	}
	return inode;
}

int proc_name_number(const char *name, size_t length)
{
	int number = 0;

	/* "/proc/01" is no process: names are as the kernel writes them. */
	if (length == 0 || length > 9 || (name[0] == '0' && length > 1))
		return -1;
	for (size_t i = 0; i < length; i++) {
		if (name[i] < '0' || name[i] > '9')
			return -1;
		number = number * 10 + name[i] - '0';
	}
	return number;
}

static const struct { const char *name, *fixed; } proc_root_links[] = {
	{ "self", NULL },
	{ "thread-self", NULL },
	{ "mounts", "self/mounts" },
};
#define ROOT_LINK_SELF 0

/* Made at each look: the answer depends on who asks. The caller frees it (proc_self_release). */
static int proc_self_text(struct inode *inode, const char **text)
{
	const char *fixed = proc_root_links[inode->private_number].fixed;
	char *to = kmalloc(32);
	int pid = current_process()->pid->number;

	if (!to)
		return -ENOMEM;
	if (fixed)
		snprintf(to, 32, "%s", fixed);
	else if (inode->private_number == ROOT_LINK_SELF)
		snprintf(to, 32, "%d", pid);
	else
		snprintf(to, 32, "%d/task/%d", pid, current->tid);
	*text = to;
	return 0;
}

static void proc_self_release(struct inode *inode, const char *text)
{
	kfree((char *)text);
}

static const struct inode_ops proc_self_ops = { .read_link = proc_self_text,
						.release_link = proc_self_release };

static int proc_root_link(struct dentry *dentry)
{
	for (size_t i = 0; i < array_size(proc_root_links); i++) {
		struct inode *inode;

		if (strlen(proc_root_links[i].name) != dentry->name_length ||
		    memcmp(proc_root_links[i].name, dentry->name, dentry->name_length))
			continue;
		inode = proc_inode_create(dentry->superblock, S_IFLNK | 0777, 0);
		if (!inode)
			return -ENOMEM;
		inode->ops = &proc_self_ops;
		inode->private_number = i;
		if (proc_root_links[i].fixed)
			inode->cache.size = strlen(proc_root_links[i].fixed);
		dentry_instantiate(dentry, inode);
		return 0;
	}
	return -ENOENT;
}

/* Static names first; a number in the root is a process, which may be gone by the time it is
 * used. */
static int proc_lookup(struct inode *dir, struct dentry *dentry)
{
	struct proc_node *parent = dir->private;
	struct proc_node *node = proc_node_find(parent, dentry->name, dentry->name_length);
	struct inode *inode;
	int number = proc_name_number(dentry->name, dentry->name_length);

	if (!node && parent != &proc_root)
		return -ENOENT;
	if (!node && number > 0)
		return proc_process_lookup(dir, dentry, number);
	if (!node)
		return proc_root_link(dentry);
	inode = proc_node_inode(dir->superblock, node);
	if (!inode)
		return -ENOMEM;
	dentry_instantiate(dentry, inode);
	return 0;
}

/* Entries of the static tree are always true.  None is negative: in directories without create
 * the walk keeps no names that are not there. */
static bool proc_revalidate(struct dentry *dentry)
{
	return !proc_is_process_inode(dentry->inode) || proc_process_revalidate(dentry->inode);
}

/* ---- directories ---- */

/* The next process by number, from `number` on; 0: none. */
static int proc_next_process(int number)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *pid;

	/* Numbers of tasks, groups and sessions without a process are passed over. */
	for (pid = pid_next(number); pid && !pid->process; pid = pid_next(number))
		number = pid->number + 1;
	number = pid ? pid->number : 0;
	spinlock_release(&process_tree_lock, flags);
	return number;
}

/* Each cookie resumes behind its process, even when that has gone meanwhile. */
static void proc_read_processes(struct file *file, struct dirent_sink *sink)
{
	int number = max(file->position - PROC_FIRST_PID_COOKIE, (loff_t)0);
	char name[16];

	while ((number = proc_next_process(number + 1))) {
		uint64_t cookie = PROC_FIRST_PID_COOKIE + number;

		snprintf(name, sizeof(name), "%d", number);
		if (!sink->entry(sink, name, strlen(name), cookie, cookie, DT_DIR))
			return;
		file->position = cookie;
	}
}

/* Positions: 0 is before ".", then ".." and the links of the root, then nodes by number. */
#define PROC_COOKIE_LINKS 2
#define PROC_COOKIE_NODES 100

/* The position moves only when the entry was taken: what did not fit comes first the next time. */
bool proc_emit(struct file *file, struct dirent_sink *sink, const char *name, uint64_t cookie,
	       uint64_t inode, uint32_t mode)
{
	if ((uint64_t)file->position >= cookie)
		return true;
	if (!sink->entry(sink, name, strlen(name), cookie, inode, mode >> 12)) /* DT_*: the type */
		return false;
	file->position = cookie;
	return true;
}

bool proc_emit_dots(struct file *file, struct dirent_sink *sink)
{
	uint64_t parent = file->path.dentry->parent->inode->number;

	return proc_emit(file, sink, ".", 1, file->inode->number, S_IFDIR) &&
	       proc_emit(file, sink, "..", 2, parent, S_IFDIR);
}

static int proc_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct proc_node *dir = file->inode->private, *node;

	if (!proc_emit_dots(file, sink))
		return 0;
	for (size_t i = 0; dir == &proc_root && i < array_size(proc_root_links); i++)
		if (!proc_emit(file, sink, proc_root_links[i].name, PROC_COOKIE_LINKS + 1 + i,
			       PROC_FIRST_PID_COOKIE - 1 - i, S_IFLNK))
			return 0;
	list_for_each(node, &dir->children, sibling)
		if (!proc_emit(file, sink, node->name, PROC_COOKIE_NODES + node->number,
			       node->number, proc_node_mode(node)))
			return 0;
	if (dir == &proc_root)
		proc_read_processes(file, sink);
	return 0;
}

static const struct inode_ops proc_directory_inode_ops = { .lookup = proc_lookup };
static const struct file_ops proc_directory_ops = { .read_directory = proc_read_directory,
						    .seek = directory_seek };
static const struct inode_ops proc_file_inode_ops = { 0 };

/* ---- the file system ---- */

static void proc_statfs(struct superblock *superblock, struct statfs *to)
{
	*to = (struct statfs){ .f_type = PROC_SUPER_MAGIC, .f_bsize = PAGE_SIZE,
			       .f_frsize = PAGE_SIZE, .f_namelen = NAME_MAX };
}

static const struct superblock_ops proc_superblock_ops = {
	.statfs = proc_statfs,
	.revalidate = proc_revalidate,
};

/* The tree is built before the superblock: when memory ends in between, the next mount finds part
 * of it and adds the rest. */
static int proc_superblock_make(const struct file_system *type)
{
	struct superblock *superblock;
	struct inode *root;
	int error = proc_tree_build();

	if (error)
		return error;
	superblock = superblock_create(type, &proc_superblock_ops);
	if (!superblock)
		return -ENOMEM;
	root = proc_node_inode(superblock, &proc_root);
	if (root)
		superblock->root = dentry_create_root(superblock, root);
	if (!superblock->root) {
		superblock_put(superblock);
		return -ENOMEM;
	}
	proc_superblock = superblock; /* this count is kept for ever */
	return 0;
}

static int proc_mount(const struct file_system *type, const char *source, unsigned flags,
		      const char *options, struct superblock **to)
{
	int error = proc_superblock ? 0 : proc_superblock_make(type);

	if (error)
		return error;
	proc_superblock->count++;
	*to = proc_superblock;
	return 0;
}

static struct file_system proc = { .name = "proc", .mount = proc_mount };
REGISTER(file_system, proc);
