/* SPDX-License-Identifier: MIT */
/*
 * The first write to a page of zeros gets a frame with whatever was in it.
 *
 * symptom: calloc()ed memory holds old data
 * fails: copies
 * see: The first write
 */
/* in memory/anonymous.c */
int area_copy_on_write(struct area *area, page_entry *entry, user_address address)
{

	page_entry was = *entry;
	struct frame *old = frame_of(page_entry_address(was)), *copy;

	debug_assert(rwlock_held(&area->space->lock) && !(area->flags & AREA_SHARED));
	debug_assert(!(was & PAGE_WRITE));

	if (!was)
		return 0; /* gone meanwhile: the program will fault again */
	/* The other side of a fork has copied or gone: nothing to copy, only the right comes
	 * back. */
	if (old != zero_frame && is_sole_owner(old)) {
		*entry = page_entry_address(was) | area_page_flags(area, true);
	} else {
		copy = frame_alloc(FRAME_ANONYMOUS,
				   FRAME_MAY_RECLAIM);
		if (!copy)
			return -ENOMEM;
		entry_replace(area, entry, was, copy);
	}
	/* The processor may remember the entry as read-only: adding rights would fault once more
	 * at worst, but a changed frame must never be read through the old entry. */
	tlb_flush_page(address);
	return 0;
}
