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
};

void tree_insert_at(struct tree *tree, struct tree_node *node, struct tree_node *parent,
		    struct tree_node **link);
void tree_remove(struct tree *tree, struct tree_node *node);

/* In key order; NULL where there is none. */
struct tree_node *tree_first(const struct tree *tree);
struct tree_node *tree_last(const struct tree *tree);
struct tree_node *tree_next(const struct tree_node *node);
struct tree_node *tree_previous(const struct tree_node *node);
