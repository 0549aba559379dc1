/* SPDX-License-Identifier: MIT */
/*
 * pid.h - numbers of tasks, processes, groups and sessions as counted objects.
 *
 * One struct pid stands for one number; a number is reused only when nothing at all uses it: no
 * task, no process, no group, no session, no counted holder (terminals hold pids, never processes).
 * Look-up is a radix tree by number; allocation goes round through 1..pid_max - 1, as Linux's does.
 *
 * Lock: the process-tree lock (process.h) guards the lists and process pointers.
 *
 * Who holds counts: process_create() for process->pid, process_add_task() for task->pid,
 * process_set_group() and _set_session() one each, a terminal for its session and foreground
 * group.
 */
#pragma once

#include "lib/list.h"
#include "lib/types.h"

#define PID_MAX_DEFAULT 32768

struct task;
struct process;

struct pid {
	int number;
	uint32_t count;
	struct task *task;	 /* the task with this tid, until it is freed */
	struct process *process; /* the process with this pid, zombies included */
	struct list group;	 /* processes whose group this is (process->group_link) */
	struct list session;	 /* processes whose session this is (process->session_link) */
};

/* 0, the group and session that process 1 begins in, as on Linux.  It is nobody's number, and no
 * look-up finds it. */
extern struct pid pid_zero;

/* A fresh number, count 1; -EAGAIN: none left, -ENOMEM. */
int pid_create(struct pid **created);
void pid_get(struct pid *pid);
void pid_put(struct pid *pid); /* NULL is allowed */
struct pid *pid_find(int number); /* no count taken: under the process-tree lock; or NULL */
struct pid *pid_next(int from);	  /* the used number that is >= from, or NULL; as pid_find() */
extern int pid_max; /* /proc/sys/kernel/pid_max */
int pid_last(void); /* the newest number, for /proc/loadavg */
