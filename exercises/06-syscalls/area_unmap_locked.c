/* SPDX-License-Identifier: MIT */
/* in memory/area_map.c */
/*
 * area_unmap_locked - nothing is mapped in [start, end) afterwards.  0 or -ENOMEM, with nothing
 * changed.
 *
 * The range is valid and on pages' borders, the lock is held.  It may be empty (start == end, as
 * mremap(2) asks for what stays as long as it was: nothing is to be done), hold no area, or several,
 * with holes between them; the first and the last may reach beyond it.  munmap(2): that nothing
 * was mapped is no error.
 *
 * Two things go: the pages in the page tables with what the TLB remembers of them, and the areas.
 *
 * Hint 1: area_cut() first, of a range that is not empty: it is the only step that can fail.
 * Hint 2: pages_unmap_and_prune() clears, flushes, frees frames and tables; it does not look
 *	at areas.
 * Hint 3: area_leave() frees the area: ask for area_next() before.
 */
int area_unmap_locked(struct address_space *space, user_address start, user_address end)
{
	exercise("area_unmap_locked");
}
