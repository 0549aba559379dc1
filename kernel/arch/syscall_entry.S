/* SPDX-License-Identifier: MIT */
/*
 * syscall_entry.S - where SYSCALL arrives: rcx is the user's rip, r11 its rflags, rsp still the
 * user's own, and interrupts are off (syscall_init.c: LSTAR, SYSCALL_MASK).
 *
 * It builds the same struct registers as a trap, atop the task's kernel stack.  What the program
 * finds changed afterwards is rax, rcx and r11, no more.
 *
 * SYSRET is faster than IRET but trusts rcx: with a non-canonical one Intel's processors fault in
 * kernel mode, on a stack that the user chose.  So it is used only when the dispatcher says that
 * the frame is as it was built here (no signal, exec or sigreturn: those leave a bit in
 * task->work).  Then rip follows a SYSCALL that was fetched, so it is at most USER_END, a page
 * below the hole.  Else IRET, whose fault entry.S can bear.
 */
#include "arch/entry_macros.h"
#include "arch/offsets.h"

#define RFLAGS_TF 0x100

	.text
	.balign 16
	.global syscall_entry
syscall_entry:
	swapgs
	movq	%rsp, %gs:CPU_USER_RSP
	movq	%gs:CPU_KERNEL_STACK, %rsp
	pushq	$USER_DATA
	pushq	%gs:CPU_USER_RSP
	pushq	%r11
	pushq	$USER_CODE
	pushq	%rcx
	pushq	$0			/* error and vector */
	pushq	%rax			/* orig_rax: the number */
	push_general
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	sti
	call	syscall_dispatch	/* returns with interrupts off */

	testb	%al, %al
	jz	return_to_user
	movq	REG_RIP(%rsp), %rcx
	movq	REG_RFLAGS(%rsp), %r11
	testl	$RFLAGS_TF, %r11d	/* SYSRET would trap before the first instruction */
	jnz	return_to_user

	pop_preserved
	popq	%rax			/* r11 is loaded */
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rdx			/* rcx is loaded */
	popq	%rdx
	popq	%rsi
	popq	%rdi
	movq	REG_RSP - REG_ORIG_RAX(%rsp), %rsp
	swapgs
	sysretq

	.section .note.GNU-stack, "", @progbits
