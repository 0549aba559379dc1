/* SPDX-License-Identifier: MIT */
/*
 * The argument registers are not loaded again: they hold what the kernel's C code left in them.
 *
 * symptom: a program that keeps a value in rdi across a call crashes, another compiler's does not
 * fails: registers
 * see: Back to the program
 */
/* in arch/syscall_entry.S */
syscall_entry:
	swapgs
	movq	%rsp, %gs:CPU_USER_RSP
	movq	%gs:CPU_KERNEL_STACK, %rsp
	pushq	$USER_DATA
	pushq	%gs:CPU_USER_RSP
	pushq	%r11
	pushq	$USER_CODE
	pushq	%rcx
	pushq	$0
	pushq	%rax
	push_general
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
	sti
	call	syscall_dispatch

	testb	%al, %al
	jz	return_to_user
	movq	REG_RIP(%rsp), %rcx
	movq	REG_RFLAGS(%rsp), %r11
	testl	$RFLAGS_TF, %r11d
	jnz	return_to_user

	pop_preserved
	movq	4 * 8(%rsp), %rax
	movq	REG_RSP - 6 * 8(%rsp), %rsp
	swapgs
	sysretq
