/* SPDX-License-Identifier: MIT */
/*
 * The frame is built on the program's own stack.
 *
 * symptom: all is well until a program calls with a stack pointer that points nowhere
 * fails: registers flags
 * see: The entry
 */
/* in arch/syscall_entry.S */
syscall_entry:
	swapgs
	movq	%rsp, %gs:CPU_USER_RSP
	andq	$~15, %rsp
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
