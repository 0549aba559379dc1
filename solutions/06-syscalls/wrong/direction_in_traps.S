/* SPDX-License-Identifier: MIT */
/*
 * A trap leaves the direction flag as the program had it; unlike SYSCALL, no register clears it.
 *
 * symptom: a page touched between std and cld is not zero, and what lies below it is
 * fails: flags
 * see: Which flags SYSCALL clears
 */
/* in arch/entry.S */
trap_entry:
	testb	$3, 16(%rsp)
	jz	trap_from_kernel
	swapgs
	pushq	$-1
	push_general
	access_site 0xca
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
