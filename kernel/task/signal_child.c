/* SPDX-License-Identifier: MIT */
/*
 * signal_child.c - telling a parent about its child: SIGCHLD (or what clone asked for) with a
 * siginfo that says what happened, and a wake-up for a parent that waits.
 *
 * All under process_tree_lock, which keeps the parent where it is.
 *
 * A parent that ignores SIGCHLD gets neither signal nor zombie; one with SA_NOCLDWAIT gets the
 * signal and no zombie; SA_NOCLDSTOP suppresses only news of stopping and continuing
 * (sigaction(2)). Waiters are woken in any case: wait4 must find out that nobody is left (ECHILD).
 */
#include "task/signal_child.h"
#include "task/clock.h"

/* What si_utime and si_stime count in, since Linux 2.6.27 (sigaction(2)). */
static int64_t clock_ticks(uint64_t nanoseconds)
{
	return (int64_t)(nanoseconds / (NANOSECONDS / USER_HZ));
}

/* The child's own times, without those of children that it waited for (sigaction(2)).  Its leader
 * may be dead, but is kept until the parent has reaped it. */
static struct siginfo child_info(struct process *child, int signal, int code, int status)
{
	struct rusage_sums sums;

	process_times(child, &sums);
	return (struct siginfo){
		.si_signo = signal,
		.si_code = code,
		.__si_pid = child->pid->number,
		.__si_uid = child->leader->credentials->uid,
		.si_status = status,
		.si_utime = clock_ticks(sums.user_time),
		.si_stime = clock_ticks(sums.system_time),
	};
}

/* A child with another signal than SIGCHLD leaves a zombie whatever the parent's action for it
 * is. */
bool signal_parent(struct process *child, int signal, int code, int status)
{
	struct process *parent = child->parent;
	struct kernel_sigaction action;
	struct siginfo info;
	bool unwanted = false;

	assert(spinlock_held(&process_tree_lock));
	if (signal == SIGCHLD) {
		signal_action_get(parent->leader, SIGCHLD, &action);
		unwanted = action.sa_handler == SIG_IGN || action.sa_flags & SA_NOCLDWAIT;
		if (action.sa_handler == SIG_IGN)
			return unwanted;
	}
	/* 0 is allowed in clone(2): the parent does not want to be told. */
	if (signal_is_valid(signal)) {
		info = child_info(child, signal, code, status);
		signal_send_process(parent, signal, &info);
	}
	return unwanted;
}

void signal_parent_stop(struct process *child, int code, int status)
{
	struct process *parent = child->parent;
	struct kernel_sigaction action;
	struct siginfo info;

	assert(spinlock_held(&process_tree_lock));
	if (!parent)
		return;
	signal_action_get(parent->leader, SIGCHLD, &action);
	if (action.sa_handler != SIG_IGN && !(action.sa_flags & SA_NOCLDSTOP)) {
		info = child_info(child, SIGCHLD, code, status);
		signal_send_process(parent, SIGCHLD, &info);
	}
	/* Whatever the flags say: waitpid(WUNTRACED) asks the state, not the signal. */
	wait_queue_wake_all(&parent->child_event, 0);
}
