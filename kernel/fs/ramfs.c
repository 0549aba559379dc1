/* SPDX-License-Identifier: MIT */
/*
 * ramfs.c - directories, links and files that live in memory (ramfs.h has the model).
 *
 * Since every name of such a file system is in the dentry cache for as long as it exists, a name
 * that is not cached does not exist: there is no look-up operation.  Sizes and times are what
 * Linux's tmpfs shows: a directory has 20 bytes for each entry, `.` and `..` included.
 *
 * Errors: ENOSPC for the limits of tmpfs(5), ENOMEM, ENOTEMPTY, EINVAL for unknown rename flags.
 *
 * Counts: an entry holds one count of its dentry, the dentry one of the inode; so an inode lives
 * while it has a name, an open file or a map, and ramfs_evict() runs with the last of them.
 */
#include "fs/ramfs.h"
#include "abi/dirent.h"
#include "abi/errno.h"
#include "fs/cached_file.h"
#include "fs/file.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/credentials.h"
#include "task/task.h"

#define ENTRY_SIZE 20 /* bytes of a directory's size for each entry */

static struct slab_cache entry_cache = SLAB_CACHE("ramfs_entry", struct ramfs_entry);
static const struct inode_ops directory_ops, link_ops;
static const struct file_ops directory_file_ops;

static struct ramfs_entry *entry_at(struct tree_node *node)
{
	return container_of(node, struct ramfs_entry, node);
}

/* nlink 2: the name in the parent, and its own `.`; each subdirectory's `..` adds one. */
static int directory_init(struct inode *inode)
{
	struct ramfs_directory *directory = kzalloc(sizeof(*directory));

	if (!directory)
		return -ENOMEM;
	directory->next_cookie = RAMFS_FIRST_COOKIE;
	inode->private = directory;
	inode->nlink = 2;
	inode->cache.size = 2 * ENTRY_SIZE;
	inode->ops = &directory_ops;
	inode->file_ops = &directory_file_ops;
	return 0;
}

struct inode *ramfs_inode_create(struct superblock *superblock, uint32_t mode, int *error)
{
	struct ramfs *fs = superblock->private;
	struct inode *inode;

	*error = -ENOSPC;
	assert(fs && (mode & S_IFMT));
	if (fs->max_inodes && fs->inodes >= fs->max_inodes)
		return NULL;
	*error = -ENOMEM;
	inode = inode_create(superblock, mode);
	if (!inode)
		return NULL;
	if (S_ISDIR(mode) && directory_init(inode)) {
		inode_put(inode);
		return NULL;
	}
	if (!S_ISDIR(mode)) {
		inode->ops = S_ISLNK(mode) ? &link_ops : &ramfs_file_inode_ops;
		inode->file_ops = S_ISREG(mode) ? &ramfs_file_ops : special_file_ops(mode);
		inode->cache.ops = S_ISREG(mode) ? &ramfs_cache_ops : NULL;
	}
	fs->inodes++;
	return inode;
}

/* What the inode took of the limits is given back.  A directory still has entries only when the
 * whole file system goes: else each of them would count it, through its dentry. */
void ramfs_evict(struct inode *inode)
{
	struct ramfs *fs = ramfs_of(inode);

	debug_assert(fs->inodes > 0 && fs->pages >= inode->blocks / (PAGE_SIZE / 512));
	fs->pages -= inode->blocks / (PAGE_SIZE / 512);
	fs->inodes--;
	if (S_ISDIR(inode->mode)) {
		struct ramfs_directory *directory = inode->private;
		struct tree_node *node;

		while ((node = tree_first(&directory->entries))) { /* at unmount */
			tree_remove(&directory->entries, node);
			slab_free(&entry_cache, entry_at(node));
		}
	}
	if (!S_ISREG(inode->mode))
		kfree(inode->private);
}

/* ---- entries ---- */

/* Newest first: the cookie is the least one so far, so the entry becomes the leftmost. */
static void entry_insert(struct inode *dir, struct ramfs_entry *entry)
{
	struct ramfs_directory *directory = dir->private;
	struct tree_node **link = &directory->entries.root, *parent = NULL;

	while (*link) {
		parent = *link;
		link = &parent->left;
	}
	debug_assert(directory->next_cookie > 2); /* `.` and `..` have 1 and 2 */
	entry->cookie = --directory->next_cookie;
	tree_insert_at(&directory->entries, &entry->node, parent, link);
	dir->cache.size += ENTRY_SIZE;
	inode_touch(dir, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
}

/* Out of the directory, not freed: it may go into another one. */
static void entry_remove(struct inode *dir, struct ramfs_entry *entry)
{
	struct ramfs_directory *directory = dir->private;

	assert(mutex_held(&dir->lock));
	tree_remove(&directory->entries, &entry->node);
	debug_assert(dir->cache.size >= 3 * ENTRY_SIZE);
	dir->cache.size -= ENTRY_SIZE;
	inode_touch(dir, ATTRIBUTE_MTIME | ATTRIBUTE_CTIME);
}

/* Gives `inode` (count consumed on success) the name of the negative `dentry`, which is pinned. */
static int entry_create(struct inode *dir, struct dentry *dentry, struct inode *inode)
{
	struct ramfs_entry *entry = slab_alloc(&entry_cache);

	assert(mutex_held(&dir->lock) && !dentry->entry);
	if (!entry)
		return -ENOMEM;
	entry->dentry = dentry;
	dentry->entry = entry;
	dentry_get(dentry);
	entry_insert(dir, entry);
	dentry_instantiate(dentry, inode);
	return 0;
}

/* Takes the name away; the dentry loses its pin, the inode a link. */
static void entry_delete(struct inode *dir, struct dentry *dentry)
{
	struct ramfs_entry *entry = dentry->entry;
	struct inode *inode = dentry->inode;

	assert(entry->dentry == dentry && inode->nlink > 0);
	entry_remove(dir, entry);
	slab_free(&entry_cache, entry);
	dentry->entry = NULL;
	if (S_ISDIR(inode->mode)) {
		debug_assert(inode->nlink >= 2 && dir->nlink > 2);
		inode->nlink -= 2;
		dir->nlink--;
	} else {
		inode->nlink--;
	}
	inode_touch(inode, ATTRIBUTE_CTIME);
	debug_assert(dentry->count > 1); /* the caller has one */
	dentry_put(dentry);
}

/* Goes by entries: cached negative names of absent files do not count. */
static bool directory_is_empty(const struct inode *inode)
{
	const struct ramfs_directory *directory = inode->private;

	return !directory->entries.root;
}

/* ---- operations on directories ---- */

/* Owner and set-group bit are inherited before the name appears, so nobody sees it without them. */
static int ramfs_create(struct inode *dir, struct dentry *dentry, uint32_t mode, uint64_t device)
{
	int error;
	struct inode *inode = ramfs_inode_create(dir->superblock, mode, &error);

	if (!inode)
		return error;
	inode_inherit(inode, dir);
	inode->device = device;
	error = entry_create(dir, dentry, inode);
	if (error)
		inode_put(inode);
	else if (S_ISDIR(mode))
		dir->nlink++;
	return error;
}

/* The count for the new dentry is taken after nothing can fail any more. */
static int ramfs_link(struct inode *dir, struct dentry *dentry, struct inode *target)
{
	int error = entry_create(dir, dentry, target);

	if (error)
		return error;
	inode_get(target);
	target->nlink++;
	inode_touch(target, ATTRIBUTE_CTIME);
	return 0;
}

/* The text belongs to the inode and is freed with it (ramfs_evict); the size is its length. */
static int ramfs_symlink(struct inode *dir, struct dentry *dentry, const char *target)
{
	int error;
	struct inode *inode = ramfs_inode_create(dir->superblock, S_IFLNK | 0777, &error);

	if (!inode)
		return error;
	inode_inherit(inode, dir);
	inode->cache.size = strlen(target);
	inode->private = kstrdup(target);
	error = inode->private ? entry_create(dir, dentry, inode) : -ENOMEM;
	if (error)
		inode_put(inode);
	return error;
}

/* Needs no release: the walk counts the inode as long as it uses the text. */
static int ramfs_read_link(struct inode *inode, const char **text)
{
	*text = inode->private;
	return 0;
}

/* rmdir(2) too: that the kind is right was seen by place_may_delete(). */
static int ramfs_unlink(struct inode *dir, struct dentry *dentry)
{
	if (S_ISDIR(dentry->inode->mode) && !directory_is_empty(dentry->inode))
		return -ENOTEMPTY;
	entry_delete(dir, dentry);
	return 0;
}

/* Moves a name's record between directories, with the link that a directory's `..` is. */
static void entry_move(struct inode *from_dir, struct inode *to_dir, struct dentry *dentry)
{
	struct ramfs_entry *entry = dentry->entry;

	entry_remove(from_dir, entry);
	entry_insert(to_dir, entry);
	if (S_ISDIR(dentry->inode->mode)) {
		from_dir->nlink--;
		to_dir->nlink++;
	}
	inode_touch(dentry->inode, ATTRIBUTE_CTIME);
}

/* What is replaced goes first; both directories and both inodes are locked, so nobody sees the
 * name missing in between. */
static int ramfs_rename(struct inode *from_dir, struct dentry *from, struct inode *to_dir,
			struct dentry *to, unsigned flags)
{
	if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE))
		return -EINVAL;
	if (flags & RENAME_EXCHANGE) {
		entry_move(to_dir, from_dir, to);
	} else if (to->inode) {
		int error = ramfs_unlink(to_dir, to);

		if (error)
			return error;
	}
	entry_move(from_dir, to_dir, from);
	return 0;
}

/* The first entry with a cookie >= `cookie`, or NULL. */
static struct ramfs_entry *entry_from(const struct ramfs_directory *directory, uint64_t cookie)
{
	struct tree_node *node = directory->entries.root;
	struct ramfs_entry *best = NULL;

	while (node) {
		struct ramfs_entry *entry = entry_at(node);

		if (entry->cookie >= cookie)
			best = entry;
		node = entry->cookie >= cookie ? node->left : node->right;
	}
	return best;
}

/* Cookies fall with age, and the walk goes from low to high: the newest entries come first, and
 * those made meanwhile lie before the position, so that the walk ends. */
static int ramfs_read_directory(struct file *file, struct dirent_sink *sink)
{
	struct ramfs_entry *entry;
	struct tree_node *node;

	if (!directory_emit_dots(file, sink))
		return 0;
	entry = entry_from(file->inode->private, file->position);
	for (node = entry ? &entry->node : NULL; node; node = tree_next(node)) {
		struct dentry *dentry = entry_at(node)->dentry;
		uint64_t next = entry_at(node)->cookie + 1;

		if (!sink->entry(sink, dentry->name, dentry->name_length, next,
				 dentry->inode->number, mode_to_dirent_type(dentry->inode->mode)))
			break;
		file->position = next;
	}
	return 0;
}

static const struct inode_ops link_ops = {
	.read_link = ramfs_read_link,
	.evict = ramfs_evict,
};

static const struct inode_ops directory_ops = {
	.create = ramfs_create,
	.link = ramfs_link,
	.symlink = ramfs_symlink,
	.unlink = ramfs_unlink,
	.rename = ramfs_rename,
	.evict = ramfs_evict,
};

static const struct file_ops directory_file_ops = {
	.seek = directory_seek,
	.read_directory = ramfs_read_directory,
	.sync = cached_sync,
};
