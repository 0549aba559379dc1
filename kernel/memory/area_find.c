/* SPDX-License-Identifier: MIT */
/*
 * area_find.c - questions to the tree of areas: what lies at an address, what is free, where there
 * is room.  Nothing is changed but `recent`.
 *
 * Look-up is O(log n) by the red-black tree of lib/tree.h, keyed by start; since areas do not
 * overlap, the first area whose end lies above an address is the one that holds it or the next
 * after it.  `recent` saves the walk where a program touches the same area again and again; it is
 * NULL or in the tree: area_leave() clears it.  Free places are found in O(log n), too: each area
 * keeps the size of the gap below it and the widest in its subtree (area.c).
 *
 * Locks: space->lock, for reading at least; a space whose count is 0 is being taken apart and is
 * nobody else's.
 */
#include "memory/area.h"

struct area *area_find(struct address_space *space, user_address address)
{
	struct area *found = space->recent;
	struct tree_node *node = space->areas.root;

	debug_assert(!space->count || rwlock_held(&space->lock));

	if (found && found->start <= address && address < found->end)
		return found;
	found = NULL;
	while (node) {
		struct area *area = area_of(node);

		if (address >= area->end) {
			node = node->right;
			continue;
		}
		found = area;
		if (address >= area->start) {
			/* Also written under the lock for reading, then perhaps by several tasks:
			 * one word, and any area that is in the tree will do. */
			space->recent = area;
			break;
		}
		node = node->left;
	}
	return found;
}

struct area *area_first(struct address_space *space)
{
	return area_of(tree_first(&space->areas));
}

struct area *area_next(struct area *area)
{
	return area_of(tree_next(&area->node));
}

struct area *area_previous(struct area *area)
{
	return area_of(tree_previous(&area->node));
}

bool area_range_is_free(struct address_space *space, user_address start, user_address end)
{
	struct area *area = area_find(space, start);

	return !area || area->start >= end;
}

bool area_range_is_covered(struct address_space *space, user_address start, user_address end)
{
	struct area *area = area_find(space, start);

	while (start < end) {
		if (!area || area->start > start)
			return false;
		start = area->end;
		area = area_next(area);
	}
	return true;
}

/* ---- free places ---- */

user_address area_floor(const struct area *area)
{
	if (!(area->flags & AREA_GROWS_DOWN))
		return area->start;
	return area->start > STACK_GUARD_GAP ? area->start - STACK_GUARD_GAP : 0;
}

/* Whether a gap of so many bytes is in this subtree (which may be empty). */
static bool has_gap(struct tree_node *node, uint64_t bytes)
{
	const struct area *area = area_of(node);

	return area && area->widest_gap >= bytes;
}

/* The highest area of the subtree with such a gap below it; there is one. */
static struct area *gap_highest(struct tree_node *node, uint64_t bytes)
{
	for (;;) {
		if (has_gap(node->right, bytes))
			node = node->right;
		else if (area_of(node)->gap >= bytes)
			return area_of(node);
		else
			node = node->left;
	}
}

/* The highest area, from `area` (or NULL) downwards, with such a gap below it; NULL: none. */
static struct area *gap_find(struct area *area, uint64_t bytes)
{
	struct tree_node *node = area ? &area->node : NULL;

	while (node) {
		if (area_of(node)->gap >= bytes)
			return area_of(node);
		if (has_gap(node->left, bytes))
			return gap_highest(node->left, bytes);
		while (node->parent && node == node->parent->left)
			node = node->parent;
		node = node->parent; /* the first that is lower than all this */
	}
	return NULL;
}

/* First fit from the top: maps grow down towards the heap, as in Linux's top-down layout.  Only the
 * gap that `top` is in may be cut short by it; the others are whole. */
user_address area_place(struct address_space *space, uint64_t bytes, user_address top)
{
	struct area *above = area_find(space, top);
	struct area *below = above ? area_previous(above) : area_of(tree_last(&space->areas));
	user_address high = above ? min(top, area_floor(above)) : top;
	user_address low = below ? max(below->end, LOWEST_ADDRESS) : LOWEST_ADDRESS;

	debug_assert(rwlock_held(&space->lock) && bytes && !(bytes & ~PAGE_MASK));

	if (high >= low && high - low >= bytes)
		return high - bytes;
	above = gap_find(below, bytes);
	return above ? area_floor(above) - bytes : 0;
}
