/* SPDX-License-Identifier: MIT */
/*
 * A page fault is the program's, thinks the entry, and swaps GS; but the kernel's copies fault as
 * well.
 *
 * symptom: a bad pointer, or just a page that is not there yet, ends the machine in a system call
 * fails: write_arguments
 * see: When the copy faults
 */
/* in arch/entry.S */
trap_entry:
	cmpl	$14, 4(%rsp)
	je	.Lswap
	testb	$3, 16(%rsp)
	jz	trap_from_kernel
.Lswap:
	swapgs
	pushq	$-1
	push_general
	access_site 0xca
	cld
	xorl	%ebp, %ebp
	movq	%rsp, %rdi
