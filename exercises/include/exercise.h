/* SPDX-License-Identifier: MIT */
/*
 * exercise.h - the body of a function that the student has not written yet.
 *
 *	struct frame *frame_alloc(enum frame_kind kind, unsigned flags)
 *	{
 *		exercise("frame_alloc");
 *	}
 *
 * Whoever calls it gets the verdict NOT-WRITTEN with the function's name.  grading/transplant
 * includes this file where it is used, after no other: the kernel knows nothing of it.
 */
#pragma once

#ifdef __ASSEMBLER__

/*
 * In assembly: the unwritten block ends the machine from wherever it is entered, also from where GS
 * or the stack is still a program's.  The kernel's addresses are the negative ones.
 */
.macro	exercise name
	cli
	cld
	movl	$0xc0000101, %ecx	/* GS base */
	rdmsr
	testl	%edx, %edx
	js	.Lexercise_gs\@
	swapgs
.Lexercise_gs\@:
	testq	%rsp, %rsp
	js	.Lexercise_stack\@
	movq	%gs:8, %rsp		/* struct cpu: kernel_stack */
.Lexercise_stack\@:
	xorl	%ebp, %ebp		/* the backtrace ends here */
	movq	$.Lexercise\@, %rdi
	xorl	%eax, %eax
	call	panic
	.section .rodata
.Lexercise\@:
	.asciz	"not written: \name"
	.text
.endm

#else

#include "lib/assert.h"

#define exercise(name) panic("not written: " name)

#endif
