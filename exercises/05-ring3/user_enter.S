/* SPDX-License-Identifier: MIT */
/* in arch/entry.S */
/*
 * user_enter - void user_enter(struct registers *registers): goes to user mode with these registers,
 * and never comes back.  The frame lies at the very top of the task's kernel stack.
 *
 * return_to_user does the work; it wants rsp at the frame and interrupts off, since an interrupt between
 * SWAPGS and IRET would find CS of the kernel with GS of the user.
 *
 * Hint 1: the first argument is in rdi (System V ABI).
 * Hint 2: three instructions.  What becomes of the stack that the caller stood on?
 */
user_enter:
	exercise user_enter
