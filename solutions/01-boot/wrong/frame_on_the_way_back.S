/* SPDX-License-Identifier: MIT */
/*
 * The way out restores two registers in the wrong order.
 *
 * symptom: now and then a loop computes nonsense, and never twice the same
 * fails: interrupt_registers
 * see: The frame
 */
/* in arch/entry.S */
trap_from_kernel:
	pushq	$-1
	push_general
	access_site 0xca
	cld
	cmpq	$iret_to_user, REG_RIP(%rsp)
	je	trap_bad_iret
	movq	%rsp, %rdi
	call	trap_dispatch
	pop_preserved
	popq	%r10
	popq	%r11
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rcx
	popq	%rdx
	popq	%rsi
	popq	%rdi
	addq	$16, %rsp
	iretq
