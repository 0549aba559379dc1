/* SPDX-License-Identifier: MIT */
/*
 * entry.S - the ways into the kernel and out of it: 256 trap and interrupt vectors, and the return
 * to user mode by IRET.  (System calls: syscall_entry.S.)
 *
 * Each entry builds a struct registers.  From user mode it lies at the top of the task's kernel
 * stack, and GS has been swapped; from kernel mode it lies where the stack was.  Whether to swap
 * is decided by the saved CS alone - with two exceptions, which are why this file is subtle:
 *
 *  - NMI, double fault and machine check can hit between two instructions here, when CS says
 *    kernel and GS is still the user's.  They have stacks of their own (descriptors.c) and take
 *    their struct cpu from the word atop.
 *  - The IRET to user mode may itself fault (a forged rip or ss), with GS swapped back already.
 *    That fault counts as the user's: see trap_bad_iret.
 */
#include "arch/entry_macros.h"
#include "arch/offsets.h"

#define MSR_GS_BASE 0xc0000101

	.text

/* ---- the vectors: 256 stubs of 16 bytes ---- */
	.balign 16
	.global trap_stubs
trap_stubs:
	vector = 0
	.rept 256
	.p2align 4
	/* These push an error code: SDM vol. 3, table 6-1; 29 and 30: APM vol. 2, chapter 8. */
	.if vector == 8 || (vector >= 10 && vector <= 14) || vector == 17 || vector == 21 || \
		vector == 29 || vector == 30
	.else
	pushq	$0
	.endif
	movl	$vector, 4(%rsp)	/* the error code has 32 bits; the vector takes the rest */
	.if vector == 2 || vector == 8 || vector == 18
	jmp	trap_on_own_stack
	.else
	jmp	trap_entry
	.endif
	vector = vector + 1
	.endr

	.balign 16
trap_entry:
	testb	$3, 16(%rsp)		/* cs, above error and rip */
	jz	trap_from_kernel
	swapgs
	pushq	$-1			/* orig_rax: not a call */
	push_general
	access_site 0xca
	cld
	xorl	%ebp, %ebp		/* backtraces end here */
	movq	%rsp, %rdi
trap_from_user:
	call	trap_dispatch

	/* Interrupts are off, rsp is at the frame. */
	.global return_to_user
return_to_user:
	pop_all
	swapgs
iret_to_user:
	iretq

trap_from_kernel:
	pushq	$-1
	push_general
	access_site 0xca
	cld
	cmpq	$iret_to_user, REG_RIP(%rsp)
	je	trap_bad_iret
	movq	%rsp, %rdi
	call	trap_dispatch
	pop_all
	iretq

/*
 * The IRET to user mode faulted: its operands are still atop the kernel stack, all registers are
 * the user's already.  Make of it a trap that the user program raised at the place of the return.
 */
trap_bad_iret:
	swapgs
	movq	%rsp, %rdi
	call	trap_frame_of_bad_iret
	movq	%rax, %rsp
	movq	%rax, %rdi
	xorl	%ebp, %ebp
	jmp	trap_from_user

trap_on_own_stack:
	pushq	$-1
	push_general
	access_site 0xca
	cld
	movl	$MSR_GS_BASE, %ecx
	rdmsr
	shlq	$32, %rdx
	orq	%rdx, %rax
	movq	%rax, %rbx		/* whosever it is: put back at the end */
	movq	REG_SIZE(%rsp), %rax	/* the word atop: struct cpu */
	movq	%rax, %rdx
	shrq	$32, %rdx
	wrmsr
	movq	%rsp, %rdi
	call	trap_on_ist
	movl	$MSR_GS_BASE, %ecx
	movq	%rbx, %rax
	movq	%rbx, %rdx
	shrq	$32, %rdx
	wrmsr
	pop_all
	iretq

/* void user_enter(struct registers *registers): the frame lies at the stack's top. */
	.global user_enter
user_enter:
	cli
	movq	%rdi, %rsp
	jmp	return_to_user

	.section .note.GNU-stack, "", @progbits
