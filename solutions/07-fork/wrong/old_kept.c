/* SPDX-License-Identifier: MIT */
/*
 * After the copy the old frame keeps the count of who has left it.
 *
 * symptom: each fork() loses memory
 * fails: fork_wait many_forks
 * see: Who owns a shared frame
 */
/* in memory/anonymous.c */
static void entry_replace(struct area *area, page_entry *entry, page_entry was, struct frame *copy)
{
	struct frame *old = frame_of(page_entry_address(was));
	struct address_space *space = area->space;
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);

	/* The allocation may have slept (reclaim): another thread may have made the copy, or
	 * unmapped. */
	if (*entry != was) {
		spinlock_release(&space->tables_lock, interrupts);
		frame_put(copy);
		return;
	}
	/* The copy is made under tables_lock so that no write of another thread falls between copy
	 * and exchange: while `was` is in the table it is read-only. A copy of the zero frame was
	 * asked for as zeros instead. */
	if (old != zero_frame) {
		page_copy(frame_address(copy), frame_address(old));
		space->resident[old->kind != FRAME_ANONYMOUS]--;
	}
	*entry = frame_physical(copy) | area_page_flags(area, true);
	space->resident[0]++;
	spinlock_release(&space->tables_lock, interrupts);
}
