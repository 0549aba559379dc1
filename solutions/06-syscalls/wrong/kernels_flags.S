/* SPDX-License-Identifier: MIT */
/*
 * SYSRET gets the kernel's flags of this moment in r11, not the program's.
 *
 * symptom: after its first call a program runs with interrupts off, and nobody else ever again
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
	pushfq
	popq	%r11

	pop_preserved
	popq	%rax
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rdx
	popq	%rdx
	popq	%rsi
	popq	%rdi
	movq	REG_RSP - REG_ORIG_RAX(%rsp), %rsp
	swapgs
	sysretq
