/* SPDX-License-Identifier: MIT */
/*
 * A page that is written first is not cleared.
 *
 * symptom: malloc returns memory with another program's data in it
 * fails: demand
 * see: Demand
 */
/* in memory/anonymous.c */
static int anonymous_fault(struct area *area, user_address address, unsigned access)
{
	page_entry *entry = area_entry(area, address);
	struct frame *frame;

	if (!entry)
		return -ENOMEM;
	if (*entry) {
		if (access == AREA_WRITE && !(*entry & PAGE_WRITE))
			return area_copy_on_write(area, entry, address);
		return 0;
	}
	if (access != AREA_WRITE) {
		zero_frame_map(area, entry);
		return 0;
	}
	frame = frame_alloc(FRAME_ANONYMOUS, FRAME_MAY_RECLAIM);
	if (!frame)
		return -ENOMEM;
	area_install_at(area, entry, frame, true);
	return 0;
}
