/* SPDX-License-Identifier: MIT */
/*
 * exec.h - replacing a process's program (execve(2)).
 *
 * What exec does to the other parts of a task are steps, called in the order below after the point
 * of no return; each belongs to the part that it names.
 */
#pragma once

#include "lib/types.h"

struct task;

/*
 * For the kernel itself: gives the current task, which is not in user mode, the program at `path`.
 * 0: task_registers(current) are ready for user_enter().  Otherwise nothing has happened.
 */
int exec_kernel(const char *path, const char *const *argv, const char *const *envp);

/* task/: handlers become default actions, the alternate stack goes. */
void signal_exec(struct task *task);
/* fs/: closes the descriptors that are marked so. */
void files_close_on_exec(void);
/* task/signal: ends the current task by `signal`, which nothing catches. */
void signal_force_kill(int signal);
/* fs/: descriptors 0, 1, 2 of process 1 become the console; no error: it may have none. */
void console_open(void);
