/* SPDX-License-Identifier: MIT */
/*
 * signal_calls.c - a program sends signals: kill(2), tkill(2), tgkill(2), rt_sigqueueinfo(2),
 * rt_tgsigqueueinfo(2).
 *
 * Signal 0 asks only whether it would be allowed.  A zombie can be signalled, to no effect.
 * Whoever may: the same user (real or effective id against real or saved), CAP_KILL, and for
 * SIGCONT every process of the sender's session.
 *
 * Errors (kill(2)): EINVAL no such signal; ESRCH nobody there; EPERM nobody who may be signalled.
 * For several targets one success is enough; -1 counts a refusal as nothing.
 *
 * rt_sigqueueinfo(2) may carry any siginfo, except one that looks as if kill(2) or the kernel had
 * made it (si_code >= 0, SI_TKILL): a receiver must be able to trust si_pid and si_uid of those.
 *
 * Locks: process_tree_lock during look-up and sending, so that the target cannot be reaped
 * between.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/signal_queue.h"

/* Nobody needs a right for himself.  SIGCONT is free within a session, so that a shell can
 * continue a job that has changed its user. */
static bool may_signal(const struct process *target, int signal)
{
	const struct credentials *mine = current->credentials, *its = target->leader->credentials;

	if (target == current_process())
		return true;
	/* The target's *saved* id, not its effective one: a set-uid program that acts as another
	 * for a moment is still its caller's to interrupt. */
	if (mine->euid == its->suid || mine->euid == its->uid || mine->uid == its->suid ||
	    mine->uid == its->uid)
		return true;
	if (signal == SIGCONT && target->session == current_process()->session)
		return true;
	return capable(CAP_KILL);
}

/* Under process_tree_lock. `task` NULL: to the process. */
static int send_checked(struct process *process, struct task *task, int signal,
			const struct siginfo *info)
{
	assert(spinlock_held(&process_tree_lock));
	if (signal != 0 && !signal_is_valid(signal))
		return -EINVAL;
	if (!may_signal(process, signal))
		return -EPERM;
	/* A zombie exists: success, but there is nothing to wake. */
	if (signal == 0 || process->state != PROCESS_ALIVE)
		return 0;
	return task ? signal_send_task(task, signal, info)
		    : signal_send_process(process, signal, info);
}

/* ---- one process ---- */

static int send_to_process(int number, int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *pid = pid_find(number);
	struct process *process = pid && pid->task ? pid->task->process : NULL;
	int error = -ESRCH;

	if (process)
		error = send_checked(process, NULL, signal, info);
	spinlock_release(&process_tree_lock, flags);
	return error;
}

/* `group` 0: whatever process the task is of. */
static int send_to_task(int group, int number, int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *pid = pid_find(number);
	struct task *task = pid ? pid->task : NULL;
	int error = -ESRCH;

	if (task && (!group || task->process->pid->number == group))
		error = send_checked(task->process, task, signal, info);
	spinlock_release(&process_tree_lock, flags);
	return error;
}

/* ---- many ---- */

/* `number` 0: the caller's own.  Success with one is success; else the last error. */
static int send_to_group(int number, int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *pid = number ? pid_find(number) : current_process()->group;
	struct process *process;
	int error = -ESRCH, one;
	bool success = false;

	if (pid) {
		list_for_each(process, &pid->group, group_link) {
			one = send_checked(process, NULL, signal, info);
			success |= !one;
			error = one;
		}
	}
	spinlock_release(&process_tree_lock, flags);
	return success ? 0 : error;
}

/* Everybody but process 1 and the sender. */
static int send_to_all(int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process;
	int error = -ESRCH, one;

	list_for_each(process, &all_processes, all_link) {
		if (process == init_process || process == current_process())
			continue;
		if (error == -ESRCH)
			error = 0; /* somebody is there */
		one = send_checked(process, NULL, signal, info);
		if (one != -EPERM)
			error = one;
	}
	spinlock_release(&process_tree_lock, flags);
	return error;
}

/* ---- the calls ---- */

static struct siginfo own_info(int signal, int code)
{
	return (struct siginfo){
		.si_signo = signal,
		.si_code = code,
		.si_pid = current_process()->pid->number,
		.si_uid = current->credentials->uid,
	};
}

/* As if the parent had sent it by kill(2) in its last moment: so it must be allowed to. */
void signal_parent_death(struct process *child)
{
	struct task *task;

	list_for_each(task, &child->tasks, process_link) {
		struct siginfo info = own_info(task->parent_death_signal, SI_USER);

		if (info.si_signo && !task->exiting)
			send_checked(child, NULL, info.si_signo, &info);
	}
}

long sys_kill(int pid, int signal)
{
	struct siginfo info = own_info(signal, SI_USER);

	if (pid > 0)
		return send_to_process(pid, signal, &info);
	/* -pid would overflow; Linux answers ESRCH as well. */
	if (pid == INT32_MIN)
		return -ESRCH;
	if (pid == -1)
		return send_to_all(signal, &info);
	return send_to_group(-pid, signal, &info);
}

long sys_tkill(int tid, int signal)
{
	struct siginfo info = own_info(signal, SI_TKILL);

	return tid > 0 ? send_to_task(0, tid, signal, &info) : -EINVAL;
}

long sys_tgkill(int pid, int tid, int signal)
{
	struct siginfo info = own_info(signal, SI_TKILL);

	return pid > 0 && tid > 0 ? send_to_task(pid, tid, signal, &info) : -EINVAL;
}

/* Codes whose siginfo has a layout that Linux knows. */
static bool code_is_known(int signal, int code)
{
	static const int most[] = { [SIGILL] = 11,  [SIGFPE] = 15, [SIGSEGV] = 10, [SIGBUS] = 5,
				    [SIGTRAP] = 6, [SIGCHLD] = 6, [SIGIO] = 6,	  [SIGSYS] = 2 };

	if (code == SI_KERNEL)
		return true;
	if (code <= 0)
		return code >= -7 || code == -60; /* SI_USER ... SI_DETHREAD; SI_ASYNCNL */
	return (signal > 0 && signal < (int)array_size(most) && code <= most[signal]) ||
	       code <= 6; /* POLL_* may come with any signal: F_SETSIG */
}

/* With a code that is not known, bytes behind the 48 that any layout uses must be 0: they could be
 * fields that this kernel does not know.  Else E2BIG. */
static bool expansion_is_empty(const struct siginfo *info)
{
	const uint8_t *bytes = (const uint8_t *)info;

	for (size_t i = 48; i < sizeof(*info); i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

static int queue_info_read(struct siginfo *info, user_address from, int signal)
{
	if (user_get(info, from, sizeof(*info)))
		return -EFAULT;
	if (!code_is_known(signal, info->si_code) && !expansion_is_empty(info))
		return -E2BIG;
	info->si_signo = signal;
	return 0;
}

/* A program may not pretend to be the kernel or kill(2) - but to the task that calls it may say
 * anything. */
static bool may_claim(const struct siginfo *info, int target)
{
	return (info->si_code < 0 && info->si_code != SI_TKILL) || target == current->tid;
}

long sys_rt_sigqueueinfo(int pid, int signal, user_address from)
{
	struct siginfo info;
	int error = queue_info_read(&info, from, signal);

	if (error)
		return error;
	return may_claim(&info, pid) ? send_to_process(pid, signal, &info) : -EPERM;
}

long sys_rt_tgsigqueueinfo(int pid, int tid, int signal, user_address from)
{
	struct siginfo info;
	int error = queue_info_read(&info, from, signal);

	if (error)
		return error;
	if (pid <= 0 || tid <= 0)
		return -EINVAL;
	return may_claim(&info, tid) ? send_to_task(pid, tid, signal, &info) : -EPERM;
}
