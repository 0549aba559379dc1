/* SPDX-License-Identifier: MIT */
/* in arch/descriptors.c */
/*
 * cpu_set_kernel_stack - entries from user mode start on this stack: its top, 16-aligned.
 *
 * The processor never uses the program's stack for an entry: it loads rsp from the task-state segment
 * (SDM vol. 3, 6.14.2 and 8.7).  A system call (chapter 6) does not look there, but in struct cpu.  Both
 * must name the same stack.
 *
 * Hint: tss.rsp[] has one word for each of the rings 0, 1 and 2.  Which ring is entered?
 */
void cpu_set_kernel_stack(void *stack_top)
{
	exercise("cpu_set_kernel_stack");
}
