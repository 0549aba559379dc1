/* SPDX-License-Identifier: MIT */
/*
 * radix.c - sparse arrays as trees that branch by 6 bits of the index.
 *
 * A tree of height h holds the indexes below 64^h; a tree of height 0 is its only value, that of
 * index 0, without any node.  It grows at the root: the old tree becomes slot 0 of a new node;
 * and shrinks there, so that its nodes depend on what is in it now, never on what once was.
 * Invariants: a node's `present` bit says whether the slot is not NULL; no node is empty; the root
 * has more than slot 0.
 *
 * Who locks: the owner of the tree (a page cache's lock, pid_lock). Insertion may allocate under
 * that lock, which the heap allows; it never sleeps.
 */
#include "lib/radix.h"

#include "abi/errno.h"
#include "lib/assert.h"

#define BITS	   6
#define SLOTS	   (1U << BITS)
#define HEIGHT_MAX 11 /* 66 bits */

struct radix_node {
	uint64_t present; /* bit n: slot n is taken */
	void *slots[SLOTS];
};

/* Whether a tree of this height has a place for the index. */
static bool index_fits(uint64_t index, unsigned height)
{
	return height * BITS >= 64 || index >> height * BITS == 0;
}

static unsigned slot_at(uint64_t index, unsigned level) /* level 1 is the lowest */
{
	return index >> (level - 1) * BITS & (SLOTS - 1);
}

static void slot_set(struct radix_node *node, unsigned slot, void *value)
{
	assert(slot < SLOTS && value);
	node->slots[slot] = value;
	node->present |= 1UL << slot;
}

/* The bit and the pointer change together; whoever walks by bits never meets NULL. */
static void slot_clear(struct radix_node *node, unsigned slot)
{
	node->slots[slot] = NULL;
	node->present &= ~(1UL << slot);
}

/* O(height); NULL: nothing there. */
void *radix_get(const struct radix *radix, uint64_t index)
{
	struct radix_node *node = radix->root;

	if (!index_fits(index, radix->height))
		return NULL;
	for (unsigned level = radix->height; level && node; level--)
		node = node->slots[slot_at(index, level)];
	return node;
}

/* Makes the tree tall enough for the index. */
static int radix_grow(struct radix *radix, uint64_t index)
{
	while (!index_fits(index, radix->height)) {
		struct radix_node *node = NULL;

		if (radix->root) {
			node = radix_node_alloc(sizeof(*node));
			if (!node)
				return -ENOMEM;
			slot_set(node, 0, radix->root);
		}
		radix->root = node;
		radix->height++;
	}
	return 0;
}

/* The tree is tall enough.  On -ENOMEM nodes without a value may be left: the caller takes them
 * back. */
static int radix_insert_low(struct radix *radix, uint64_t index, void *value)
{
	struct radix_node *node;

	if (radix->height == 0) {
		radix->root = value;
		return 0;
	}
	if (!radix->root) {
		radix->root = radix_node_alloc(sizeof(*node));
		if (!radix->root)
			return -ENOMEM;
	}
	node = radix->root;
	for (unsigned level = radix->height; level > 1; level--) {
		unsigned slot = slot_at(index, level);

		if (!node->slots[slot]) {
			void *below = radix_node_alloc(sizeof(*node));

			if (!below)
				return -ENOMEM;
			slot_set(node, slot, below);
		}
		node = node->slots[slot];
	}
	slot_set(node, slot_at(index, 1), value);
	return 0;
}

int radix_insert(struct radix *radix, uint64_t index, void *value)
{
	int error;

	assert(value && radix->height <= HEIGHT_MAX);
	if (radix_get(radix, index))
		return -EEXIST;
	error = radix_grow(radix, index);
	if (!error)
		error = radix_insert_low(radix, index, value);
	if (error)
		radix_remove(radix, index); /* frees nodes that were made on the way */
	return error;
}

/* While nothing needs the height: slot 0 of the root becomes the tree. */
static void radix_lower(struct radix *radix)
{
	struct radix_node *root;

	while (radix->height && (root = radix->root) && root->present == 1) {
		radix->root = root->slots[0];
		radix->height--;
		radix_node_free(root);
	}
}

void *radix_remove(struct radix *radix, uint64_t index)
{
	struct radix_node *path[HEIGHT_MAX + 1], *node = radix->root;
	void *value = NULL;
	unsigned level;

	if (!index_fits(index, radix->height)) {
		radix_lower(radix); /* growing may have ended half-way */
		return NULL;
	}
	for (level = radix->height; level && node; level--) {
		path[level] = node;
		node = node->slots[slot_at(index, level)];
	}
	if (level == 0)
		value = node;
	assert(radix->height <= HEIGHT_MAX);
	/* Upwards from where the path ended, as long as it leaves empty nodes behind. */
	for (level++; level <= radix->height; level++) {
		slot_clear(path[level], slot_at(index, level));
		if (path[level]->present) {
			radix_lower(radix);
			return value;
		}
		radix_node_free(path[level]);
	}
	radix->root = NULL;
	radix->height = 0;
	return value;
}

/* In the tree `node` of `level`, whose first index is `base`: the first present at >= *index. */
static void *node_next(const struct radix_node *node, unsigned level, uint64_t base,
		       uint64_t *index)
{
	uint64_t from = *index > base ? *index - base : 0, rest;
	unsigned slot = from >> (level - 1) * BITS;

	for (rest = node->present & (~0UL << slot); rest; rest &= rest - 1) {
		uint64_t at = __builtin_ctzl(rest);
		uint64_t start = base + (at << (level - 1) * BITS);
		void *value = node->slots[at];

		if (level > 1)
			value = node_next(value, level - 1, start, index);
		else
			*index = start;
		if (value)
			return value;
	}
	return NULL;
}

void *radix_next(const struct radix *radix, uint64_t *index)
{
	if (!radix->root || !index_fits(*index, radix->height))
		return NULL;
	if (radix->height == 0)
		return radix->root; /* *index is 0 */
	return node_next(radix->root, radix->height, 0, index);
}

/* The first index at or after `index` without a value.  A missing node means that all below it is
 * absent. */
uint64_t radix_next_absent(const struct radix *radix, uint64_t index)
{
	while (index_fits(index, radix->height) && radix->root) {
		struct radix_node *node = radix->root;
		uint64_t absent;

		for (unsigned level = radix->height; level > 1 && node; level--)
			node = node->slots[slot_at(index, level)];
		if (!node)
			return index;
		absent = radix->height ? ~node->present & (~0UL << slot_at(index, 1)) : 0;
		if (absent)
			return round_down(index, SLOTS) + __builtin_ctzl(absent);
		if (round_up(index + 1, radix->height ? SLOTS : 1) <= index)
			return ~0UL; /* nothing is absent up to the last index */
		index = round_up(index + 1, radix->height ? SLOTS : 1);
	}
	return index;
}
