/* SPDX-License-Identifier: MIT */
/*
 * The first frame is laid out a word too low: between it and the user registers is a hole.
 *
 * symptom: the first fork() crashes
 * fails: fork_wait
 * see: A stack laid out by hand
 */
/* in arch/context.c */
uint64_t context_prepare_user(void *stack_top)
{
	struct registers *registers = (struct registers *)stack_top - 1;
	struct switch_frame *frame = (void *)((uint64_t)registers - sizeof(*frame) - 8);

	assert(((uint64_t)stack_top & 15) == 0);
	*frame = (struct switch_frame){ .rip = (uint64_t)task_first_user };
	return (uint64_t)frame;
}
