/* SPDX-License-Identifier: MIT */
/*
 * When there is no memory for the tables, the object that was made first is forgotten.
 *
 * symptom: each refused program costs memory
 * fails: spaces_refused
 * see: An address space
 */
/* in memory/address_space.c */
struct address_space *address_space_create(void)
{
	struct address_space *space;

	if (frames_are_short() && (!reclaim(FRAME_RESERVE) || frames_are_short()))
		return NULL;
	space = slab_alloc_zeroed(&spaces);
	if (!space)
		return NULL;
	zero_frame_init();
	space->root = page_table_create();
	if (!space->root)
		return NULL;
	space->count = 1;
	rwlock_init(&space->lock);
	space->mmap_top = MMAP_TOP;
	return space;
}
