/* SPDX-License-Identifier: MIT */
/* in memory/address_space.c */
/*
 * address_space_create - a new space without areas, owned by the caller (count 1), or NULL.
 *
 * What it needs: an object from the slab cache `spaces`, all zero, and a root from page_table_create(),
 * whose kernel half is there already (0: no memory).  When the second cannot be had, the first goes back.
 * While frames_are_short() even after reclaim(FRAME_RESERVE), no new space is begun at all.
 * The first space of all also makes the frame of zeros that every fresh page is: zero_frame_init(), which
 * does nothing later, and may count on memory: the first space comes when there is plenty.
 *
 * Hint 1: slab_alloc_zeroed(), slab_free(); rwlock_init() for the area lock.
 * Hint 2: all that may fail comes first; then root, count, lock and mmap_top (MMAP_TOP).
 */
struct address_space *address_space_create(void)
{
	exercise("address_space_create");
}
