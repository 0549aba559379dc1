/* SPDX-License-Identifier: MIT */
/*
 * `recent` helps a program that stays in one area; most have a few in turn: code, data, stack, libraries.  So a
 * space remembers what was found in 64 slots, by the address's upper bits: one that is right is proved by
 * the area's own borders, so borders may move; only an area that goes must be forgotten.
 *
 * saves: 25
 */
/* in memory/address_space.h, before `struct area *recent;` */
	struct area *found[64]; /* by address, found before: NULL, or in the tree */
/* end of fields */
/* in memory/area.c */
/* helpers */
static void found_forget(struct address_space *space, const struct area *area)
{
	for (size_t i = 0; i < array_size(space->found); i++)
		if (space->found[i] == area)
			space->found[i] = NULL;
}

/* end of helpers */
void area_leave(struct area *area)
{
	struct address_space *space = area->space;

	debug_assert(!space->count || rwlock_write_held(&space->lock));
	debug_assert(space->area_count && space->total_pages >= area_pages(area));

	tree_leave(area);
	space->area_count--;
	if (space->recent == area)
		space->recent = NULL;
	found_forget(space, area);
	totals_add(space, -(int64_t)area_pages(area), area->flags);
	if (area->ops->release)
		area->ops->release(area);
	if (area->file)
		area_file_put(area->file);
	area_free(area);
}
/* in memory/area_find.c */
/* helpers */
/* Areas of up to 256 KiB that lie side by side fall into slots of their own. */
static inline struct area **found_slot(struct address_space *space, user_address address)
{
	return &space->found[(address >> 18 ^ address >> 24) % array_size(space->found)];
}

/* end of helpers */
struct area *area_find(struct address_space *space, user_address address)
{
	struct area **slot = found_slot(space, address), *found = *slot;
	struct tree_node *node = space->areas.root;

	debug_assert(!space->count || rwlock_held(&space->lock));

	if (likely(found && found->start <= address && address < found->end))
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
			*slot = area;
			break;
		}
		node = node->left;
	}
	return found;
}
