/* SPDX-License-Identifier: MIT */
/*
 * schedule_calls.c - what programs may ask of and say to the scheduler: sched(7), nice values,
 * processor masks.
 *
 * There is one processor and one policy, SCHED_OTHER; the batch and idle policies are accepted as
 * other names of it, because they promise nothing; the real-time policies are refused.  The nice
 * value sets the length of the slice (scheduler.c).
 *
 * Order of errors follows Linux: arguments (EINVAL), the address (EFAULT), the task (ESRCH), then
 * what the policy says, and rights (EPERM, EACCES) last. Kernel and C library count nice values
 * differently: the call returns 20 - nice, so that an answer is never negative.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "abi/sched.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/credentials.h"
#include "task/process.h"

#define SLICE_NANOSECONDS 10000000 /* at nice 0 */

long sys_sched_yield(void)
{
	task_yield();
	return 0;
}

/* The task with that number, 0: the current one; with a count.  0, -EINVAL, -ESRCH. */
static int task_of(int pid, struct task **task)
{
	if (pid < 0)
		return -EINVAL;
	*task = task_find(pid ? pid : current->tid);
	return *task ? 0 : -ESRCH;
}

static int task_exists(int pid)
{
	struct task *task;
	int error = task_of(pid, &task);

	if (!error)
		task_put(task);
	return error;
}

/* Whether the current task may change how another is scheduled. */
static bool may_schedule(const struct task *task)
{
	uint32_t euid = current->credentials->euid;

	return euid == task->credentials->euid || euid == task->credentials->uid ||
	       capable(CAP_SYS_NICE);
}

/* ---- processors ---- */

long sys_sched_getaffinity(int pid, unsigned size, user_address mask)
{
	uint64_t processors = 1;
	int error;

	/* The mask is whole words (sched_setaffinity(2)); the call returns how many bytes it
	 * wrote. */
	if (size < sizeof(processors) || size % sizeof(processors))
		return -EINVAL;
	/* A negative number is just one that nobody has: ESRCH here, where other calls say
	 * EINVAL. */
	error = task_exists(pid < 0 ? INT32_MAX : pid);
	if (error)
		return error;
	if (user_put(mask, &processors, sizeof(processors)))
		return -EFAULT;
	return sizeof(processors);
}

long sys_sched_setaffinity(int pid, unsigned size, user_address mask)
{
	uint64_t processors = 0;
	struct task *task;
	int error;

	if (user_get(&processors, mask, min((size_t)size, sizeof(processors))))
		return -EFAULT;
	error = task_of(pid < 0 ? INT32_MAX : pid, &task);
	if (error)
		return error;
	if (!may_schedule(task))
		error = -EPERM;
	else if (!(processors & 1))
		error = -EINVAL; /* no processor of the mask exists */
	task_put(task);
	return error;
}

long sys_getcpu(user_address cpu, user_address node, user_address unused)
{
	uint32_t numbers[2] = { 0 }; /* the first of each kind is the only one */

	if (cpu && user_put_number(cpu, &numbers[0], sizeof(numbers[0])))
		return -EFAULT;
	if (node && user_put_number(node, &numbers[1], sizeof(numbers[1])))
		return -EFAULT;
	return 0;
}

/* ---- policies ---- */

long sys_sched_getscheduler(int pid)
{
	int error = task_exists(pid);

	return error ? error : SCHED_NORMAL;
}

long sys_sched_getparam(int pid, user_address to)
{
	struct sched_param parameter = { 0 };
	int error = to ? task_exists(pid) : -EINVAL;

	return error ? error : user_put(to, &parameter, sizeof(parameter));
}

static int policy_check(int policy, int priority)
{
	switch (policy & ~SCHED_RESET_ON_FORK) {
	case SCHED_NORMAL:
	case SCHED_BATCH:
	case SCHED_IDLE:
		return priority == 0 ? 0 : -EINVAL;
	case SCHED_FIFO:
	case SCHED_RR:
		/* As for somebody with RLIMIT_RTPRIO 0: the priority is judged, then refused. */
		return priority >= 1 && priority <= 99 ? -EPERM : -EINVAL;
	default:
		return -EINVAL;
	}
}

static long policy_set(int pid, int policy, user_address from)
{
	struct sched_param parameter;
	struct task *task;
	int error;

	if (!from || pid < 0)
		return -EINVAL;
	if (user_get(&parameter, from, sizeof(parameter)))
		return -EFAULT;
	error = task_of(pid, &task);
	if (error)
		return error;
	error = policy_check(policy, parameter.sched_priority);
	if (!error && !may_schedule(task))
		error = -EPERM;
	task_put(task);
	return error;
}

long sys_sched_setscheduler(int pid, int policy, user_address from)
{
	return policy < 0 ? -EINVAL : policy_set(pid, policy, from);
}

long sys_sched_setparam(int pid, user_address from)
{
	return policy_set(pid, SCHED_NORMAL, from);
}

long sys_sched_get_priority_max(int policy)
{
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return 99;
	return policy >= 0 && policy <= SCHED_DEADLINE && policy != 4 ? 0 : -EINVAL;
}

long sys_sched_get_priority_min(int policy)
{
	if (policy == SCHED_FIFO || policy == SCHED_RR)
		return 1;
	return policy >= 0 && policy <= SCHED_DEADLINE && policy != 4 ? 0 : -EINVAL;
}

long sys_sched_rr_get_interval(int pid, user_address to)
{
	struct timespec slice = timespec_of(SLICE_NANOSECONDS);
	int error = task_exists(pid);

	return error ? error : user_put(to, &slice, sizeof(slice));
}

/* ---- nice values: getpriority(2), setpriority(2).  Kept as 20 - nice: 1 ... 40. ---- */

struct priority_change {
	int which, who;
	uint8_t nice;	/* to set; 0: only look */
	uint8_t highest;
	int error;	/* -ESRCH until somebody fits */
};

/* 0 or an error; setpriority(2) tells EPERM (not one's own) from EACCES (not so nice). */
static int nice_set(struct process *process, uint8_t nice)
{
	if (!may_schedule(process->leader))
		return -EPERM;
	/* Larger here means a better (lower) nice value, which only the privileged may take back,
	 * beyond the limit of the process that gets it. */
	if (nice > process->nice && nice > process->limits[RLIMIT_NICE].rlim_cur &&
	    !capable(CAP_SYS_NICE))
		return -EACCES;
	assert(spinlock_held(&process_tree_lock) && nice >= 1 && nice <= 40);
	/* The slice that is running keeps its length; the next one has the new. */
	process->nice = nice;
	return 0;
}

static void priority_one(struct priority_change *change, struct process *process)
{
	int error = change->nice ? nice_set(process, change->nice) : 0;

	if (error || change->error == -ESRCH)
		change->error = error;
	change->highest = max(change->highest, process->nice);
}

static void priority_of_process(struct priority_change *change)
{
	struct pid *pid = change->who ? pid_find(change->who) : current_process()->pid;

	if (pid && pid->task)
		priority_one(change, pid->task->process);
}

static void priority_of_group(struct priority_change *change)
{
	struct pid *pid = change->who ? pid_find(change->who) : current_process()->group;
	struct process *process;

	if (pid)
		list_for_each(process, &pid->group, group_link)
			priority_one(change, process);
}

/* Linux goes by the real user id (getpriority(2)). */
static void priority_of_user(struct priority_change *change)
{
	uint32_t user = change->who ? (uint32_t)change->who : current->credentials->uid;
	struct process *process;

	list_for_each(process, &all_processes, all_link)
		if (process->leader->credentials->uid == user)
			priority_one(change, process);
}

/* All that are meant are changed, also behind one that refused; its error is the answer.  ESRCH:
 * nobody was meant. */
static int priority_start(struct priority_change *change)
{
	uint64_t flags;

	if (change->which < PRIO_PROCESS || change->which > PRIO_USER)
		return -EINVAL;
	change->error = -ESRCH;
	flags = spinlock_acquire(&process_tree_lock);
	if (change->which == PRIO_PROCESS)
		priority_of_process(change);
	else if (change->which == PRIO_PGRP)
		priority_of_group(change);
	else
		priority_of_user(change);
	spinlock_release(&process_tree_lock, flags);
	return change->error;
}

long sys_getpriority(int which, int who)
{
	struct priority_change change = { .which = which, .who = who };
	int error = priority_start(&change);

	return error ? error : change.highest;
}

long sys_setpriority(int which, int who, int nice)
{
	struct priority_change change = { .which = which, .who = who };

	change.nice = (uint8_t)(20 - max(-20, min(nice, 19)));
	return priority_start(&change);
}
