/* SPDX-License-Identifier: MIT */
/* in arch/trap.c */
/* helpers */
/* Upward: task/umip.c.  A general protection fault of a program was an instruction that UMIP forbids: it is done,
 * or the program has got the signal for its operand. */
bool umip_emulate(struct registers *registers);

/* end of helpers */
static void user_exception(struct registers *r)
{
	const struct trap_kind *kind = &kinds[r->vector];
	int code = kind->code;

	if (!kind->signal)
		panic_at(r, "%s in user mode", trap_name(r->vector));
	if (r->vector == VECTOR_DEBUG)
		code = debug_code();
	interrupts_enable();
	if (r->vector == VECTOR_X87 || r->vector == VECTOR_SIMD) {
		code = floating_point_code(r->vector == VECTOR_X87);
		if (!code)
			return; /* spurious: nothing is unmasked and pending */
	}
	if (r->vector == VECTOR_PROTECTION && umip_emulate(r))
		return;
	task_fault(r, kind->signal, code, kind->address == ADDRESS_RIP ? r->rip : 0);
}
