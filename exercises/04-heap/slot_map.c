/* SPDX-License-Identifier: MIT */
/* in memory/kernel_stack.c */
/*
 * slot_map - gives the slot's stack its STACK_PAGES frames; false: no memory, and nothing has changed.
 *
 * A slot is five pages: the lowest stays unmapped (the guard), the stack is the four above it.  Each gets a
 * frame of its own (frame_alloc(FRAME_KERNEL, 0)), mapped with kernel_page_map(), which returns 0 or
 * -ENOMEM, writable and not executable: PAGE_WRITE | PAGE_NX.
 *
 * Both calls can fail at any page.  Then every frame that was taken goes back: slot_unmap(slot, n) undoes
 * the first n pages.
 *
 * Hint: a frame that could not be mapped is not undone by slot_unmap().
 */
static bool slot_map(unsigned slot)
{
	exercise("slot_map");
}
