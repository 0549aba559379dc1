/* SPDX-License-Identifier: MIT */
/*
 * address_space.c - an address space as a whole: made, counted, loaded, taken apart.
 *
 * A space is loaded when its root is in CR3.  A kernel task leaves the last one loaded, since it
 * touches no user memory; so a space that dies may still be loaded, and the kernel's own root
 * takes its place first.
 *
 * What may fail comes first in address_space_create(): a new program is refused while so few
 * frames are left that ending the others could need them (frames_are_short), because a kernel that
 * cannot even kill is worse than a fork that fails with ENOMEM.
 *
 * Who may call: any task. `count` is changed without a lock, since nobody sleeps or interrupts
 * between reading and writing it; the owner of a count may use the space, and the areas are then
 * guarded by space->lock. The last put needs no lock: nobody else can know the space.
 */
#include "memory/address_space.h"

#include "memory/area.h"
#include "memory/heap.h"

static struct slab_cache spaces = SLAB_CACHE("address_space", struct address_space);

struct address_space *address_space_create(void)
{
	struct address_space *space;

	if (frames_are_short() && (!reclaim(FRAME_RESERVE) || frames_are_short()))
		return NULL;
	space = slab_alloc_zeroed(&spaces);
	if (!space)
		return NULL;
	/* The first space of all comes when memory is plentiful, so its zero frame cannot fail. */
	zero_frame_init();
	space->root = page_table_create();
	if (!space->root) {
		slab_free(&spaces, space);
		return NULL;
	}
	space->count = 1;
	rwlock_init(&space->lock);
	space->mmap_top = MMAP_TOP;
	return space;
}

void address_space_get(struct address_space *space)
{
	assert(space->count);
	space->count++;
}

static void areas_leave(struct address_space *space)
{
	struct tree_node *node, *next;

	assert(!space->count);
	for (node = tree_first_to_free(&space->areas); node; node = next) {
		/* area_leave() frees the area, so its successor is asked for first. */
		next = tree_next_to_free(node);
		pages_unmap_dead(space, area_of(node)->start, area_of(node)->end);
		area_leave(area_of(node));
	}
	space->areas.root = NULL;
}

static void address_space_destroy(struct address_space *space)
{
	/* A kernel task (or exit itself) may still run on this root. Freed under its feet, the
	 * next TLB miss would walk whatever the frames hold by then. */
	if (space->root == page_table_loaded())
		page_table_load(kernel_root);
	areas_leave(space);
	assert(!space->total_pages && !space->resident[0] && !space->resident[1]);
	page_table_destroy(space->root);
	if (space->executable)
		area_file_put(space->executable);
	slab_free(&spaces, space);
}

uint64_t address_space_tables(struct address_space *space)
{
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	uint64_t tables = page_table_count(space->root);

	spinlock_release(&space->tables_lock, interrupts);
	return tables;
}

uint64_t address_space_peak(const struct address_space *space)
{
	return max(space->peak_resident, space->resident[0] + space->resident[1]);
}

void address_space_put(struct address_space *space)
{
	assert(space->count);
	if (--space->count == 0)
		address_space_destroy(space);
}

void address_space_activate(struct address_space *space)
{
	/* To load CR3 flushes all that is not global (SDM vol. 3, 4.10.4.1), so switching between
	 * threads of one space must not. */
	if (space && space->root != page_table_loaded())
		page_table_load(space->root);
}
