/* SPDX-License-Identifier: MIT */
/*
 * init.c - the first process: the only one that is not made by fork.
 *
 * It starts in kernel mode, with empty parts, in a function of main.c's choice that gives it a
 * program.  It may panic where others fail: without it there is nothing to run.
 *
 * Process 1 is where the tree begins: its own parent is NULL, it adopts orphans (exit.c), cannot
 * be killed by what it does not handle (signal_send.c), and its end is the machine's (init_died).
 */
#include "task/credentials.h"
#include "task/process.h"

static void (*init_function)(void *);

static void init_main(void *unused)
{
	interrupts_enable();
	init_function(NULL);
	panic("the function of pid 1 returned");
}

/* The fork steps find no parts in the current (idle) task and make empty ones. */
static void init_parts_create(struct task *task)
{
	task->credentials = credentials_get(&root_credentials);
	if (files_fork(task, false) || fs_context_fork(task, false) ||
	    signal_actions_fork(task, false))
		panic("no memory for the parts of pid 1");
	fpu_area_reset(task->fpu);
}

struct process *init_process_create(void (*function)(void *))
{
	struct pid *pid;
	struct process *process = pid_create(&pid) ? NULL : process_create(pid);
	struct task *task = process ? task_create("init", true) : NULL;
	uint64_t flags;

	assert(!init_process); /* once */
	if (!task || pid->number != 1)
		panic("no memory for pid 1");
	init_parts_create(task);
	threads_max_init();
	limits_init(process->limits);
	process->exit_signal = SIGCHLD;
	process->unkillable = true;
	flags = spinlock_acquire(&process_tree_lock);
	process_add_task(process, task, pid);
	process_link(process, NULL, &pid_zero, &pid_zero);
	spinlock_release(&process_tree_lock, flags);
	pid_put(pid); /* process and task hold it now */
	init_process = process;
	init_function = function;
	/* the frame for its way to user mode is kept free at the top */
	task->saved_rsp = context_prepare(task_registers(task), init_main, NULL);
	task_make_runnable(task);
	return process;
}

void init_start(void)
{
	init_process_create(init_program);
}
