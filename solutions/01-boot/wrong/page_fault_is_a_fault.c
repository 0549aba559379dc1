/* SPDX-License-Identifier: MIT */
/*
 * A page fault is treated like any other exception.
 *
 * symptom: the report of a wild pointer does not say where it pointed
 * fails: trap_page
 * see: Dispatching
 */
/* in arch/trap.c */
void trap_dispatch(struct registers *r)
{
	if (r->vector >= VECTOR_EXCEPTIONS)
		interrupt_dispatch(r);
	else if (registers_from_user(r))
		user_exception(r);
	else
		kernel_exception(r);
	interrupts_disable();
	if (registers_from_user(r))
		task_return_to_user(r);
}
