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

/* In assembly: the unwritten block ends the machine from wherever it is entered. */
.macro	exercise name
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
