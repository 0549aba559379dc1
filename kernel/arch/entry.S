/* SPDX-License-Identifier: MIT */
/*
 * entry.S - every way into the kernel and out of it: 256 trap and interrupt vectors, SYSCALL, the
 * first return of a new task.
 *
 * All of them build a struct registers.  From user mode it lies at the top of the task's kernel
 * stack, and GS has been swapped; from kernel mode it lies where the stack was.  Whether to swap
 * is decided by the saved CS alone - with two exceptions, which are why this file is subtle:
 *
 *  - NMI, double fault and machine check can hit between two instructions here, when CS says
 *    kernel and GS is still the user's.  They have stacks of their own (descriptors.c) and take
 *    their struct cpu from the word atop.
 *  - The IRET to user mode may itself fault (a forged rip or ss), with GS swapped back already.
 *    That fault counts as the user's: see trap_bad_iret.
 *
 * SYSRET is faster than IRET but trusts rcx: with a non-canonical one it faults in kernel mode on
 * a stack that the user chose (Intel).  So it is used only for what it can express exactly.
 */
#include "arch/offsets.h"

#define MSR_GS_BASE 0xc0000101
#define RFLAGS_TF_RF 0x10100

/* STAC and CLAC exist only with SMAP: the places are NOPs that cpu_init() patches then. */
	.macro access_site code
	.section .access_sites, "a"
	.quad	9f
	.quad	\code			/* 0xca: CLAC, 0xcb: STAC (third opcode byte) */
	.previous
9:	.byte	0x0f, 0x1f, 0x00	/* a NOP of three bytes */
	.endm

	.macro push_general
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%rcx
	pushq	%rax
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	.endm

	.macro pop_preserved
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	.endm

	/* Leaves rsp at rip: what IRET pops. */
	.macro pop_all
	pop_preserved
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rcx
	popq	%rdx
	popq	%rsi
	popq	%rdi
	addq	$16, %rsp		/* orig_rax, error and vector */
	.endm

	.text

/* ---- the vectors: 256 stubs of 16 bytes ---- */
	.balign 16
	.global trap_stubs
trap_stubs:
	vector = 0
	.rept 256
	.balign 16
	/* The processor itself pushes an error code for these: SDM vol. 3, table 6-1. */
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

/* ---- SYSCALL: rcx is the user's rip, r11 its rflags, rsp still the user's; interrupts off ---- */
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
	/* Does SYSRET say exactly what the frame says? */
	movq	REG_RIP(%rsp), %rcx
	movq	REG_RFLAGS(%rsp), %r11
	cmpq	%rcx, REG_RCX(%rsp)
	jne	return_to_user
	cmpq	%r11, REG_R11(%rsp)
	jne	return_to_user
	testl	$RFLAGS_TF_RF, %r11d
	jnz	return_to_user
	movq	%rcx, %rax
	addq	$4096, %rax		/* rip below 2^47 - 4096: far from the hole */
	shrq	$47, %rax
	jnz	return_to_user
	cmpl	$USER_CODE, REG_CS(%rsp)
	jne	return_to_user
	cmpl	$USER_DATA, REG_SS(%rsp)
	jne	return_to_user

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

/* ---- the first time that a task runs: context_switch() "returns" here, rax = switched from ---- */
	.global task_first_kernel
task_first_kernel:			/* context_prepare(): rbx function, r12 argument */
	movq	%rax, %rdi
	call	task_started
	movq	%r12, %rdi
	call	*%rbx
	ud2				/* it must not return */

	.global task_first_user
task_first_user:			/* context_prepare_user(): rsp is at the frame */
	movq	%rax, %rdi
	call	task_started
	cli
	movq	%rsp, %rdi
	call	task_return_to_user
	jmp	return_to_user

	.global user_enter
user_enter:
	cli
	movq	%rdi, %rsp
	jmp	return_to_user

	.section .note.GNU-stack, "", @progbits
