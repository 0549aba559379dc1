/* SPDX-License-Identifier: MIT */
/*
 * Interrupts are enabled before the handler runs.
 *
 * symptom: a handler is interrupted between two accesses to its device
 * fails: interrupt_ticks
 * see: Dispatching
 */
/* in arch/trap.c */
void trap_dispatch(struct registers *r)
{
	if (r->rflags & RFLAGS_IF)
		interrupts_enable();
	if (r->vector == VECTOR_PAGE_FAULT)
		handle_page_fault(r);
	else if (r->vector >= VECTOR_EXCEPTIONS)
		interrupt_dispatch(r);
	else if (registers_from_user(r))
		user_exception(r);
	else
		kernel_exception(r);
	interrupts_disable();
	if (registers_from_user(r))
		task_return_to_user(r);
}
