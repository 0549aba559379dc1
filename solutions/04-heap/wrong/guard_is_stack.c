/* SPDX-License-Identifier: MIT */
/*
 * The stack's frames begin at the slot's first page.
 *
 * symptom: the first push on a new stack faults
 * fails: stack_memory stack_guard
 * see: Stacks and their guards
 */
/* in memory/kernel_stack.c */
static bool slot_map(unsigned slot)
{
	for (unsigned i = 0; i < STACK_PAGES; i++) {
		struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

		if (frame && !kernel_page_map(slot_address(slot) + i * PAGE_SIZE,
					      frame_physical(frame), PAGE_WRITE | PAGE_NX))
			continue;
		if (frame)
			frame_put(frame);
		slot_unmap(slot, i);
		return false;
	}
	return true;
}
