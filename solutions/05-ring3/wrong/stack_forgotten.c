/* SPDX-License-Identifier: MIT */
/*
 * The task-state segment is never told of the stack.
 *
 * symptom: the first trap from user mode ends in a double fault
 * fails: compute divide fpu_sum
 * see: The way back: a gate and a stack
 */
/* in arch/descriptors.c */
void cpu_set_kernel_stack(void *stack_top)
{
	this_cpu()->kernel_stack = (uint64_t)stack_top;
}
