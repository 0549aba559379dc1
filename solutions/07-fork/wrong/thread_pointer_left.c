/* SPDX-License-Identifier: MIT */
/*
 * The FS base is not loaded at a switch.
 *
 * symptom: errno and other thread-local variables are another process's
 * fails: fpu_private
 * see: Lazy state
 */
/* in task/scheduler.c */
static void processor_load(struct run_queue *queue, struct task *next)
{
	cpu_set_kernel_stack(next->stack_top);
	/* The order of what follows does not matter: interrupts are off, nothing here is used
	 * yet. */
	if (!next->fpu)
		return; /* a kernel task: space, FPU and bases stay as they are */
	if (next->space)
		address_space_activate(next->space);
	fpu_switch(queue, next);
	user_gs_base_set(next->gs_base);
}
