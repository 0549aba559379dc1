/* SPDX-License-Identifier: MIT */
/*
 * What a handler enabled stays enabled on the way out.
 *
 * symptom: under many interrupts, now and then the kernel stack is full
 * fails: interrupt_ticks
 * see: Dispatching
 */
/* in arch/trap.c */
void trap_dispatch(struct registers *r)
{
	if (r->vector == VECTOR_PAGE_FAULT)
		handle_page_fault(r);
	else if (r->vector >= VECTOR_EXCEPTIONS)
		interrupt_dispatch(r);
	else if (registers_from_user(r))
		user_exception(r);
	else
		kernel_exception(r);
	if (registers_from_user(r))
		task_return_to_user(r);
}
