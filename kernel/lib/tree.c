/* SPDX-License-Identifier: MIT */
/*
 * tree.c - red-black trees: rebalancing after an insertion or a removal, and walking in order.
 *
 * Empty places are NULL and count as black.  The two rebalancing loops keep one thing broken at a
 * time and carry it up:
 *   insertion: `node` is red and its parent may be red too;
 *   removal:   every path through `node` has one black node too few.
 * Each step either repairs it by at most two rotations, and the loop ends, or repaints and moves it
 * closer to the root, where it repairs itself.  Cases follow Cormen, Leiserson, Rivest and Stein,
 * Introduction to Algorithms, chapter 13; left and right are one piece of code, by `on_left`.
 *
 * Locks: the owner's. A node carries no key, so nothing here compares: order is what the caller's
 * walk decided. Removal moves no object: `gone`'s node takes the place of `node`'s by links alone,
 * so pointers to other nodes stay valid (areas and timers rely on it).
 */
#include "lib/assert.h"
#include "lib/tree.h"

static bool is_red(const struct tree_node *node)
{
	return node && node->red;
}

/* The pointer that leads down to `node`. */
static struct tree_node **link_to(struct tree *tree, struct tree_node *node)
{
	struct tree_node *parent = node->parent;

	if (!parent)
		return &tree->root;
	return parent->left == node ? &parent->left : &parent->right;
}

/* `by` (or NULL) takes the place of `node` below its parent. */
static void replace(struct tree *tree, struct tree_node *node, struct tree_node *by)
{
	*link_to(tree, node) = by;
	if (by)
		by->parent = node->parent;
}

void tree_changed(struct tree *tree, struct tree_node *node)
{
	for (; node && tree->update; node = node->parent)
		tree->update(node);
}

/* Turns `node` down to the left (or right); its child on the other side takes its place. */
static void rotate(struct tree *tree, struct tree_node *node, bool left)
{
	struct tree_node *child = left ? node->right : node->left;
	struct tree_node *inner = left ? child->left : child->right;

	assert(child->parent == node);
	replace(tree, node, child);
	if (left) {
		node->right = inner;
		child->left = node;
	} else {
		node->left = inner;
		child->right = node;
	}
	node->parent = child;
	if (inner)
		inner->parent = node;
	if (tree->update) { /* above both nothing has changed */
		tree->update(node);
		tree->update(child);
	}
}

void tree_insert_at(struct tree *tree, struct tree_node *node, struct tree_node *parent,
		    struct tree_node **link)
{
	assert(!*link);
	*node = (struct tree_node){ .parent = parent, .red = true };
	*link = node;
	tree_changed(tree, node);
	while (is_red(node->parent)) {
		struct tree_node *up = node->parent, *top = up->parent;
		bool on_left = up == top->left;
		struct tree_node *uncle = on_left ? top->right : top->left;

		if (is_red(uncle)) { /* repaint: `top` is the red node with the doubt now */
			up->red = uncle->red = false;
			top->red = true;
			node = top;
			continue;
		}
		if (node == (on_left ? up->right : up->left)) { /* straighten the bend */
			rotate(tree, up, on_left);
			up = node;
		}
		up->red = false;
		top->red = true;
		rotate(tree, top, !on_left);
		break;
	}
	tree->root->red = false;
}

/* The sibling is black, one of its children is red: two rotations at most end it. */
static void borrow_from_sibling(struct tree *tree, struct tree_node *parent,
				struct tree_node *sibling, bool on_left)
{
	struct tree_node *outer = on_left ? sibling->right : sibling->left;

	assert(!sibling->red);
	if (!is_red(outer)) {
		struct tree_node *inner = on_left ? sibling->left : sibling->right;

		inner->red = false;
		sibling->red = true;
		rotate(tree, sibling, !on_left);
		outer = sibling;
		sibling = inner;
	}
	sibling->red = parent->red;
	parent->red = false;
	outer->red = false;
	rotate(tree, parent, on_left);
}

/* Paths through `node`, a child of `parent` that may be NULL, lack a black node. */
static void repair_black(struct tree *tree, struct tree_node *node, struct tree_node *parent)
{
	while (parent && !is_red(node)) {
		bool on_left = parent->left == node;
		struct tree_node *sibling = on_left ? parent->right : parent->left;

		if (is_red(sibling)) { /* make it a black one */
			sibling->red = false;
			parent->red = true;
			rotate(tree, parent, on_left);
			sibling = on_left ? parent->right : parent->left;
		}
		if (is_red(sibling->left) || is_red(sibling->right)) {
			borrow_from_sibling(tree, parent, sibling, on_left);
			return;
		}
		sibling->red = true;
		node = parent;
		parent = node->parent;
	}
	if (node)
		node->red = false;
}

/* `next`, which has no left child, takes the place, children and colour of `node`. */
static void take_place(struct tree *tree, struct tree_node *node, struct tree_node *next)
{
	assert(node->left);
	replace(tree, node, next);
	next->red = node->red;
	next->left = node->left;
	next->left->parent = next;
	if (node->right != next) {
		next->right = node->right;
		next->right->parent = next;
	}
}

void tree_remove(struct tree *tree, struct tree_node *node)
{
	struct tree_node *gone = node; /* the node whose *place* disappears */
	struct tree_node *child, *parent;
	bool lost_black;

	assert(*link_to(tree, node) == node); /* it is in this tree */
	if (node->left && node->right)
		gone = tree_next(node);
	child = gone->left ? gone->left : gone->right;
	parent = gone->parent == node ? gone : gone->parent;
	lost_black = !gone->red;
	if (gone == node) {
		parent = node->parent;
		replace(tree, node, child);
	} else {
		if (gone->parent != node)
			replace(tree, gone, child);
		take_place(tree, node, gone);
	}
	tree_changed(tree, parent);
	if (lost_black)
		repair_black(tree, child, parent);
}

static struct tree_node *leftmost(struct tree_node *node)
{
	while (node && node->left)
		node = node->left;
	return node;
}

static struct tree_node *rightmost(struct tree_node *node)
{
	while (node && node->right)
		node = node->right;
	return node;
}

struct tree_node *tree_first(const struct tree *tree)
{
	return leftmost(tree->root);
}

struct tree_node *tree_last(const struct tree *tree)
{
	return rightmost(tree->root);
}

struct tree_node *tree_next(const struct tree_node *node)
{
	if (node->right)
		return leftmost(node->right);
	while (node->parent && node == node->parent->right)
		node = node->parent;
	return node->parent;
}

struct tree_node *tree_previous(const struct tree_node *node)
{
	if (node->left)
		return rightmost(node->left);
	while (node->parent && node == node->parent->left)
		node = node->parent;
	return node->parent;
}

/* The first one down there that has no children. */
static struct tree_node *leaf_of(struct tree_node *node)
{
	while (node && (node->left || node->right))
		node = node->left ? node->left : node->right;
	return node;
}

struct tree_node *tree_first_to_free(const struct tree *tree)
{
	return leaf_of(tree->root);
}

struct tree_node *tree_next_to_free(const struct tree_node *node)
{
	struct tree_node *parent = node->parent;

	return parent && node == parent->left && parent->right ? leaf_of(parent->right) : parent;
}
