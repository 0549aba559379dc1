/* SPDX-License-Identifier: MIT */
/*
 * A stack for which memory runs out keeps the frames that it got.
 *
 * symptom: each fork that fails costs some memory
 * fails: stack_reuse
 * see: Stacks and their guards
 */
/* in memory/kernel_stack.c */
static bool slot_map(unsigned slot)
{
	for (unsigned i = 0; i < STACK_PAGES; i++) {
		struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

		if (!frame || kernel_page_map(slot_address(slot) + (i + 1) * PAGE_SIZE,
					      frame_physical(frame), PAGE_WRITE | PAGE_NX))
			return false;
	}
	return true;
}
