/* SPDX-License-Identifier: MIT */
/*
 * switch.S - a function that is called in one task and returns in another.
 *
 * struct task *context_switch(uint64_t *save, uint64_t load, struct task *from)
 *
 * By the calling convention the caller expects only rbx, rbp, r12-r15 and rsp to survive a call,
 * so these are all there is to save; rip is the return address on the stack.  A task that never
 * ran has such a stack laid out by hand (context.c).
 */
	.text
	.global context_switch
context_switch:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	movq	%rdx, %rax		/* from: the arguments are still the switching task's */
	ret

/* The first time that a task runs, context_switch() "returns" here; rax: the task switched from. */
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

	.section .note.GNU-stack, "", @progbits
