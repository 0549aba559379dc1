/* SPDX-License-Identifier: MIT */
/*
 * one_task.c - what stands in for the scheduler while there is one program: chapter 7 replaces it.
 *
 * The boot context makes one task, switches to it and is never come back to: when the program ends,
 * so does the machine.  Nobody else is there to give the processor to.
 */
#include "arch/arch.h"
#include "lib/assert.h"
#include "main.h"
#include "task/process.h"
#include "task/scheduler.h"

static struct task boot_task; /* the boot context */
static struct task *program;  /* the one task */

void tasks_init(void)
{
	boot_task.magic = TASK_MAGIC;
	boot_task.stack_top = (void *)this_cpu()->kernel_stack;
	current_set(&boot_task);
}

void task_make_runnable(struct task *task)
{
	assert(!program);
	program = task;
}

void task_started(struct task *from)
{
	assert(from == &boot_task);
}

void idle_work(void)
{
	interrupts_disable();
	if (!program)
		return; /* nothing to run: main.c halts */
	cpu_set_kernel_stack(program->stack_top);
	fpu_restore(program->fpu);
	current_set(program);
	context_switch(&boot_task.saved_rsp, program->saved_rsp, &boot_task);
}

void schedule(void)
{
	panic("one task cannot wait for another: there is no scheduler yet");
}

bool scheduler_wants_preemption(void)
{
	return false;
}

/* ---- the end of the program is the end of the machine ---- */

void task_exit(int wait_status)
{
	init_died(wait_status);
}

void process_exit(int wait_status)
{
	init_died(wait_status);
}
