/* SPDX-License-Identifier: MIT */
/*
 * proc_tree.c - the names of /proc that are always there: a tree of nodes, made from the registered
 * entries.
 *
 * An entry says where it is ("sys/kernel/hostname"); the directories on the way come into being
 * with the first that needs them.  So a part of the kernel brings its file along, and no table here
 * knows of it.
 *
 * Numbers count the nodes in the order of making: they are the inodes' numbers and the positions in
 * their directory.  Both are the same in each boot, because the registry's order is the linker's.
 *
 * Locks: none; the tree is built at the first mount, without sleeping, and never changes after.
 */
#include "fs/procfs.h"

#include "abi/errno.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"

struct proc_node proc_root = { .number = PROC_ROOT_INODE,
				      .children = LIST_INIT(proc_root.children) };
static uint32_t proc_next_number = PROC_ROOT_INODE + 1;

/* A list is enough: a directory of the static tree has a few dozen names, and dentries are
 * cached. */
struct proc_node *proc_node_find(struct proc_node *parent, const char *name, size_t length)
{
	struct proc_node *node;

	list_for_each(node, &parent->children, sibling)
		if (strlen(node->name) == length && !memcmp(node->name, name, length))
			return node;
	return NULL;
}

/* A directory until it gets an entry.  NULL: no memory. */
static struct proc_node *proc_node_create(struct proc_node *parent, const char *name, size_t length)
{
	struct proc_node *node = kzalloc(sizeof(*node));

	if (!node)
		return NULL;
	assert(length > 0 && length < sizeof(node->name) && !parent->entry);
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
	/* Two entries of one name are a mistake; the same one twice is a second attempt to
	 * build. */
	assert(list_is_empty(&node->children) && (!node->entry || node->entry == entry));
	node->entry = entry;
	return 0;
}

int proc_tree_build(void)
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
