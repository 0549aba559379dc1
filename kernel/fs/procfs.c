/* SPDX-License-Identifier: MIT */
/*
 * procfs.c - the /proc file system (proc(5)): one superblock, its inodes, and the directories of
 * its static tree.  How files get their text is in fs/proc_text.c, what belongs to a process in
 * fs/proc_process.c.
 *
 * Two kinds of names.  The static tree (fs/proc_tree.c) is always there; its dentries are cached
 * like any others.  /proc/PID appears and goes with processes (fs/proc_root.c): those dentries are
 * checked by proc_revalidate() at every walk, and the inode counts the struct pid, so that a number
 * is never mistaken for its next owner.
 *
 * Nothing is kept that could be asked for: an inode can be made again at any time, with the same
 * number, so reclaim may take any dentry that nobody uses.
 *
 * Locks: a directory's own lock while a name is looked up or the directory is read, as everywhere;
 * the superblock is made and counted under no lock, without sleeping.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "abi/mount.h"
#include "abi/stat.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"

static struct superblock *proc_superblock; /* one instance, however often it is mounted */

static const struct inode_ops proc_directory_inode_ops;
static const struct file_ops proc_directory_ops;
static const struct inode_ops proc_file_inode_ops;

/* ---- inodes ---- */

/* Size 0, whatever reading gives: programs must read /proc files to their end (proc(5)). */
struct inode *proc_inode_create(struct superblock *superblock, uint32_t mode, uint64_t number)
{
	struct inode *inode = inode_create(superblock, mode);

	assert(mode & S_IFMT);
	if (!inode)
		return NULL;
	if (number)
		inode->number = number;
	inode->ops = &proc_file_inode_ops;
	inode->file_ops = &proc_text_ops;
	return inode;
}

/* Type and permission bits: a node without an entry is a directory. */
static uint32_t proc_node_mode(const struct proc_node *node)
{
	if (!node->entry)
		return S_IFDIR | 0555;
	return S_IFREG | (node->entry->mode ? node->entry->mode : 0444);
}

/* A fresh inode for a node of the tree, which outlives it; NULL: no memory. */
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

/* Static names first; a number in the root is a process, which may be gone by the time it is
 * used. */
static int proc_lookup(struct inode *dir, struct dentry *dentry)
{
	struct proc_node *parent = dir->private;
	struct proc_node *node = proc_node_find(parent, dentry->name, dentry->name_length);
	struct inode *inode;
	int number = proc_name_number(dentry->name, dentry->name_length);

	assert(mutex_held(&dir->lock) && !parent->entry);
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

	assert(mutex_held(&file->inode->lock));
	if (!proc_emit_dots(file, sink))
		return 0;
	if (dir == &proc_root && !proc_read_root_links(file, sink))
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

/* Options are not looked at (hidepid= of proc(5) is none of ours).  The superblock gets a count for
 * each mount. */
static int proc_mount(const struct file_system *type, const char *source, unsigned flags,
		      const char *options, struct superblock **to)
{
	int error = proc_superblock ? 0 : proc_superblock_make(type);

	if (error)
		return error;
	assert(proc_superblock->count > 0 && proc_superblock->root);
	proc_superblock->count++;
	*to = proc_superblock;
	return 0;
}

static struct file_system proc = { .name = "proc", .mount = proc_mount };
REGISTER(file_system, proc);
