/* SPDX-License-Identifier: MIT */
/*
 * tree.h - balanced (red-black) search trees whose nodes live in the stored objects.
 *
 * The caller walks down by itself (only it knows the key) and links the new node where the walk
 * ended; tree_insert_at() then rebalances:
 *
 *	struct tree_node **link = &tree->root, *parent = NULL;
 *	while (*link) {
 *		parent = *link;
 *		link = key < key_of(parent) ? &parent->left : &parent->right;
 *	}
 *	tree_insert_at(tree, node, parent, link);
 *
 * Objects may keep a summary of their subtree, such as the largest of something, to be searched by:
 * `update` computes a node's from what the object knows itself and from the summaries of its two
 * children.  It is called from below upwards wherever nodes come, go or turn.
 *
 * Invariants: no red node has a red child; every path down has the same number of black nodes;
 * so the height is at most 2 log2(n + 1).  Nothing here locks or allocates.
 */
#pragma once

#include "lib/types.h"

struct tree_node {
	struct tree_node *parent, *left, *right;
	bool red;
};

struct tree {
	struct tree_node *root;
	void (*update)(struct tree_node *node); /* NULL: there are no summaries */
};

void tree_insert_at(struct tree *tree, struct tree_node *node, struct tree_node *parent,
		    struct tree_node **link);
void tree_remove(struct tree *tree, struct tree_node *node);
/* What the object knows itself has changed: brings its summary and those above up to date. */
void tree_changed(struct tree *tree, struct tree_node *node);

/* In key order; NULL where there is none. */
struct tree_node *tree_first(const struct tree *tree);
struct tree_node *tree_last(const struct tree *tree);
struct tree_node *tree_next(const struct tree_node *node);
struct tree_node *tree_previous(const struct tree_node *node);

/* Children before their parents: for who frees all objects, and asks for the next one before.  The
 * tree is not fit for anything else then. */
struct tree_node *tree_first_to_free(const struct tree *tree);
struct tree_node *tree_next_to_free(const struct tree_node *node);
