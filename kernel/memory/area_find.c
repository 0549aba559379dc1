/* SPDX-License-Identifier: MIT */
/*
 * area_find.c - questions to the tree of areas: what lies at an address, what is free, where there
 * is room.  Nothing is changed but `recent`.
 *
 * Look-up is O(log n) by the red-black tree of lib/tree.h, keyed by start; since areas do not
 * overlap, the first area whose end lies above an address is the one that holds it or the next
 * after it.  `recent` saves the walk where a program touches the same area again and again; it is
 * NULL or in the tree: area_leave() clears it.
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

/* Where new areas must end that lie below this one. */
static user_address area_floor(const struct area *area)
{
	if (!(area->flags & AREA_GROWS_DOWN))
		return area->start;
	return area->start > STACK_GUARD_GAP ? area->start - STACK_GUARD_GAP : 0;
}

user_address area_place(struct address_space *space, uint64_t bytes, user_address top)
{
	user_address end = top;
	struct area *above = area_find(space, end);
	struct area *area = above ? area_previous(above) : area_of(tree_last(&space->areas));

	debug_assert(rwlock_held(&space->lock) && bytes && !(bytes & ~PAGE_MASK));

	if (above)
		end = min(end, area_floor(above));
	/* First fit from the top: maps grow down towards the heap, as in Linux's top-down
	 * layout. */
	while (end >= bytes + LOWEST_ADDRESS) {
		if (!area || (area->end <= end && end - area->end >= bytes))
			return end - bytes;
		end = min(end, area_floor(area));
		area = area_previous(area);
	}
	return 0;
}
