/* SPDX-License-Identifier: MIT */
/* in arch/trap.c */
/*
 * trap_dispatch - everything that comes through a gate, but the three vectors with their own
 * stacks.
 *
 * Four kinds: a page fault (handle_page_fault()), an interrupt (vectors from VECTOR_EXCEPTIONS on:
 * interrupt_dispatch()), an exception of a user program (user_exception()), one of the kernel
 * (kernel_exception()).  registers_from_user() looks at the CS that the processor saved.
 * At the end interrupts are off again, whatever the handler did, because the way out restores
 * registers from a frame that must not move; and before user mode goes on, task_return_to_user()
 * is called.
 *
 * Hint: a page fault is an exception as well: what must be asked first?
 */
void trap_dispatch(struct registers *r)
{
	exercise("trap_dispatch");
}
