/* SPDX-License-Identifier: MIT */
/*
 * scheduler.h - what the files of task/ tell each other about running; the rest of the kernel
 * needs only task.h and lock/wait_queue.h.
 */
#pragma once

#include "task/task.h"

/* Whether a task that an interrupt woke is due before the running one. */
bool scheduler_wants_preemption(void);
/* Has the running process looked at (cpu_timers_look()) when it has run for `left` ns more. */
void scheduler_watch(uint64_t left);
/* What the run queue counted; the integrals are over time, in nanoseconds (statistics.c). */
struct queue_figures {
	uint64_t switches, idle_time, waiting_integral;
	uint32_t runnable; /* now, the running one included */
};
void scheduler_figures(struct queue_figures *figures);
/* A task's times go into the sums of the dead (statistics.c). */
void statistics_bury(const struct task *task);
/* The FPU registers hold nothing of the current task any more: it ends, or its area is new. */
void fpu_forget(void);
