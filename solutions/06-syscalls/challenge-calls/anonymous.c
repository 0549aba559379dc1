/* SPDX-License-Identifier: MIT */
/*
 * Who reads a fresh page of the heap is about to write to it: an allocator looks at a header before it makes one.  So
 * such a page is made at once, which saves the second fault and the flush of the entry for the shared page of
 * zeros.  The price: heap that is only ever read takes memory.
 */
/* in memory/anonymous.c */
static int anonymous_fault(struct area *area, user_address address, unsigned access)
{
	page_entry *entry = area_entry(area, address);
	struct frame *frame;

	if (!entry)
		return -ENOMEM;
	if (*entry) {
		/* Present by now: another thread was first, or a stale TLB entry faulted (SDM vol.
		 * 3, 4.10.4.3). Only a write to a read-only page is left to do. */
		if (access == AREA_WRITE && !(*entry & PAGE_WRITE))
			return area_copy_on_write(area, entry, address);
		return 0;
	}
	if (access != AREA_WRITE && !(area->flags & AREA_HEAP)) {
		zero_frame_map(area, entry);
		return 0;
	}
	frame = frame_alloc(FRAME_ANONYMOUS, FRAME_ZERO | FRAME_MAY_RECLAIM);
	if (!frame)
		return -ENOMEM;
	area_install_at(area, entry, frame, true);
	return 0;
}
