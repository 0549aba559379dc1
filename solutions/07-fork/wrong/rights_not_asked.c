/* SPDX-License-Identifier: MIT */
/*
 * A write to a page that is there is taken for copy-on-write, whatever the area says.
 *
 * symptom: after fork() a program can write to its constants
 * fails: copies
 * see: The first write
 */
/* in memory/fault.c */
static int fault_locked(struct address_space *space, user_address address, unsigned access)
{
	struct area *area = area_find(space, address);

	if (unlikely(!area))
		return NO_AREA;
	if (unlikely(address < area->start))
		return area->flags & AREA_GROWS_DOWN ? -EAGAIN : NO_AREA;
	if (unlikely(!area_allows(area, access)) &&
	    !(access == AREA_WRITE && *area_entry(area, address)))
		return -EFAULT;
	debug_assert(area->start <= address && address < area->end && !(address & ~PAGE_MASK));
	return area->ops->fault(area, address, access);
}
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
		*entry = page_entry_address(was) | area_page_flags(area, true) | PAGE_WRITE;
	} else {
		copy = frame_alloc(FRAME_ANONYMOUS,
				   FRAME_MAY_RECLAIM | (old == zero_frame ? FRAME_ZERO : 0));
		if (!copy)
			return -ENOMEM;
		entry_replace(area, entry, was, copy);
		*entry |= PAGE_WRITE;
	}
	/* The processor may remember the entry as read-only: adding rights would fault once more
	 * at worst, but a changed frame must never be read through the old entry. */
	tlb_flush_page(address);
	return 0;
}
