/* SPDX-License-Identifier: MIT */
/*
 * A general protection fault counts among those without an error code.
 *
 * symptom: its report shows a frame that is off by eight bytes
 * fails: trap_selector
 * see: The frame
 */
/* in arch/entry.S */
trap_stubs:
	vector = 0
	.rept 256
	.p2align 4
	.if vector == 8 || (vector >= 10 && vector <= 12) || vector == 14 || vector == 17 || \
		vector == 21 || vector == 29 || vector == 30
	.else
	pushq	$0
	.endif
	movl	$vector, 4(%rsp)
	.if vector == 2 || vector == 8 || vector == 18
	jmp	trap_on_own_stack
	.else
	jmp	trap_entry
	.endif
	vector = vector + 1
	.endr
