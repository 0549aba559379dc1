/* SPDX-License-Identifier: MIT */
/*
 * signal.h - sending, blocking, delivering (signal(7)).
 *
 * A signal is pending at a task or at its process; standard signals are pending once, real-time
 * ones are queued with their siginfo.  Delivery happens only on the way out to user mode
 * (task_work).  Sending picks a task that does not block it and wakes it if the sleep's state lets
 * that signal in.  Ignored signals are dropped when sent, as on Linux.
 *
 * Where things are: sending signal_send.c, what is pending signal_queue.c, actions
 * signal_actions.c, masks and waiting signal_mask.c, delivery and restarts signal_deliver.c, the
 * handler's frame signal_frame.c, SIGCHLD signal_child.c, the calls signal_calls.c.
 *
 * Locks: process->signal_lock for pending sets and everything about stopping; signal_actions->lock
 * (inner) for the table of actions. A signal may be sent from an interrupt.
 */
#pragma once

#include "abi/signal.h"
#include "task/process.h"

#define SIGNAL_BIT(n) (1UL << ((n)-1))

struct signal_actions { /* counted; shared by CLONE_SIGHAND */
	uint32_t count;
	struct spinlock lock;
	struct kernel_sigaction action[64]; /* index n - 1 (abi/signal.h) */
};

/* To a process / one task.  0, or -EAGAIN when the queue limit is reached (real-time only).
 * `info` NULL: as the kernel sends (SI_KERNEL). Any context but NMI. */
int signal_send_process(struct process *process, int signal, const struct siginfo *info);
int signal_send_task(struct task *task, int signal, const struct siginfo *info);
/* To every process of a group; -ESRCH when it is empty. No permission check: the kernel's own. */
int signal_send_group(struct pid *group, int signal, const struct siginfo *info);
/* A fault of the current task: cannot be blocked or ignored (then it kills). */
void signal_force(int signal, int code, user_address address);
void signal_force_kill(int signal); /* forced with the default action: exec past no return ... */

/* (signal_pending() and signal_pending_fatal() are in task.h: the scheduler asks them.) */
/* Recomputes WORK_SIGNAL after a mask change; of the current task. */
void signal_recalculate(struct task *task);
/* Sets the mask (SIGKILL and SIGSTOP stay open) and recalculates. */
void signal_mask_set(uint64_t mask);
/* For ppoll, pselect6, sigsuspend: sets `mask` now, brings the old one back on the way out. */
int signal_mask_swap(user_address mask, uint64_t size); /* NULL: nothing; -EFAULT, -EINVAL */

/* Whether the current process ignores or blocks the signal (job control of terminals). */
bool signal_is_ignored_or_blocked(int signal);
/* exec: handlers become default, ignored ones stay; the alternate stack goes. */
void signal_exec(struct task *task);
