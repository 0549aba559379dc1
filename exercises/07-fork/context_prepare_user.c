/* SPDX-License-Identifier: MIT */
/* in arch/context.c */
/*
 * context_prepare_user - the first stack of a task that begins in user mode; its saved stack pointer.
 *
 * At the very top of the kernel stack lie the user registers (struct registers), which the caller
 * fills.  Right below goes what context_switch() pops (struct switch_frame): it must "return" to
 * task_first_user, and that finds rsp at the user registers.
 *
 * Hint 1: `(struct registers *)stack_top - 1` is where the user registers begin.
 * Hint 2: what does rsp point to after six pops and a ret?
 * Hint 3: assign a whole struct: what is not named becomes zero, and no secret of an earlier owner of
 *	this stack is left in it.
 */
uint64_t context_prepare_user(void *stack_top)
{
	exercise("context_prepare_user");
}
