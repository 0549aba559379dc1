/* SPDX-License-Identifier: MIT */
/*
 * Two registers come back in each other's place.
 *
 * symptom: the kernel crashes somewhere after the first switches, never where the mistake is
 * fails: fork_wait
 * see: A switch is a function
 */
/* in arch/switch.S */
context_switch:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	popq	%r14
	popq	%r15
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	movq	%rdx, %rax		/* from: the arguments are still the switching task's */
	ret
