/* SPDX-License-Identifier: MIT */
/*
 * job_control.c - process groups and sessions: setpgid(2), getpgid(2), getpgrp(2), setsid(2),
 * getsid(2), and the groups that nobody is left to continue.
 *
 * A session holds groups, a group holds processes; both are known by the number of the process that
 * founded them, which is not reused while a member lives.  A shell makes a group of each pipeline.
 *
 * A group is orphaned when no member has a parent in another group of the same session: then no
 * shell watches it.  When that comes about while a member is stopped, the group gets SIGHUP and
 * SIGCONT, and terminal stop signals do nothing to it any more.
 *
 * Lock: process_tree_lock for all of it.
 *
 * Errors of setpgid(2): EINVAL negative group; ESRCH neither oneself nor a child; EACCES a child
 * that has exec'ed; EPERM a session leader, another session's process, or a group that is not of
 * our session. setsid(2): EPERM when one's own number is that of a group already.
 *
 * Why a child that has exec'ed is left alone: shells set the group of a new child both in parent
 * and child, since either may run first; after exec the child's program may rely on it.
 */
#include "task/job_control.h"
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "task/signal.h"

/* ---- orphaned groups ---- */

/* Whether `process` has a parent who may watch over its group. */
static bool is_watched(const struct process *process)
{
	const struct process *parent = process->parent;

	/* A zombie needs nobody, and init is no shell: it continues nothing. */
	if (process->state != PROCESS_ALIVE || !parent || parent == init_process)
		return false;
	return parent->group != process->group && parent->session == process->session;
}

static bool is_orphaned_without(const struct pid *group, const struct process *leaving)
{
	struct process *process;

	assert(spinlock_held(&process_tree_lock));
	list_for_each(process, &group->group, group_link)
		if (process != leaving && is_watched(process))
			return false;
	return true;
}

bool group_is_orphaned(struct pid *group)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	bool orphaned = is_orphaned_without(group, NULL);

	spinlock_release(&process_tree_lock, flags);
	return orphaned;
}

static bool has_stopped_member(const struct pid *group)
{
	struct process *process;

	list_for_each(process, &group->group, group_link)
		if (process->stopped)
			return true;
	return false;
}

static void group_signal(struct pid *group, int signal)
{
	struct process *process;

	list_for_each(process, &group->group, group_link)
		signal_send_process(process, signal, NULL);
}

void group_check_orphaned(struct process *process, struct process *parent)
{
	struct process *watcher = parent ? parent : process->parent;
	struct pid *group = process->group;

	assert(spinlock_held(&process_tree_lock));
	if (watcher->group == group || watcher->session != process->session)
		return; /* the connection that ends here was none */
	if (!is_orphaned_without(group, parent ? NULL : process) || !has_stopped_member(group))
		return;
	/* First the hang-up, pending while stopped; then what lets them go on and act on it
	 * (POSIX). */
	group_signal(group, SIGHUP);
	group_signal(group, SIGCONT);
}

/* ---- for terminals ---- */

bool group_in_session(struct pid *group, struct pid *session)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process = list_first(&group->group, struct process, group_link);
	bool found;

	if (!process)
		process = group->process;
	found = process && process->session == session;
	spinlock_release(&process_tree_lock, flags);
	return found;
}

void session_set_terminal(struct pid *session, struct tty *terminal)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process;

	list_for_each(process, &session->session, session_link)
		process->terminal = terminal;
	spinlock_release(&process_tree_lock, flags);
}

/* ---- setpgid(2) ---- */

/* Whether `process` (the current one or a child) may change its group. */
static int may_move(const struct process *process)
{
	const struct process *self = current_process();

	if (!process || (process != self && process->parent != self))
		return -ESRCH;
	if (process != self) {
		if (process->session != self->session)
			return -EPERM;
		if (process->has_execed)
			return -EACCES; /* it is its own program now */
	}
	return process->session_leader ? -EPERM : 0;
}

/* The group to move to: the process's own number founds one, any other must be of our session. */
static struct pid *group_to_join(struct process *process, int number)
{
	struct pid *pid;
	struct process *member;

	/* The process itself founds its group: its pid is the group's, so they can never clash. */
	if (number == process->pid->number)
		return process->pid;
	pid = pid_find(number);
	member = pid ? list_first(&pid->group, struct process, group_link) : NULL;
	return member && member->session == current_process()->session ? pid : NULL;
}

static int group_move(int number, int group)
{
	struct pid *pid = pid_find(number);
	struct process *process = pid ? pid->process : NULL;
	int error = may_move(process);
	struct pid *to;

	assert(spinlock_held(&process_tree_lock));
	if (error)
		return error;
	to = group_to_join(process, group);
	if (!to)
		return -EPERM;
	if (process->group != to)
		process_set_group(process, to);
	return 0;
}

long sys_setpgid(int pid, int group)
{
	int number = pid ? pid : current_process()->pid->number;
	uint64_t flags;
	int error;

	if (!group)
		group = number; /* which may be negative, too */
	if (group < 0)
		return -EINVAL;
	flags = spinlock_acquire(&process_tree_lock);
	error = group_move(number, group);
	spinlock_release(&process_tree_lock, flags);
	return error;
}

/* ---- setsid(2) and the questions ---- */

static long session_found(struct process *self)
{
	assert(spinlock_held(&process_tree_lock));
	if (self->session_leader || !list_is_empty(&self->pid->group))
		return -EPERM; /* a group of that number exists already */
	self->session_leader = true;
	/* A new session has no terminal until its leader opens one (drivers/tty_session.c). */
	self->terminal = NULL;
	process_set_group(self, self->pid);
	process_set_session(self, self->pid);
	return self->pid->number;
}

long sys_setsid(void)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	long result = session_found(current_process());

	spinlock_release(&process_tree_lock, flags);
	return result;
}

static long number_of(int pid, bool session)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *found = pid_find(pid ? pid : current_process()->pid->number);
	struct process *process = found && found->task ? found->task->process : NULL;
	long result = -ESRCH;

	if (process)
		result = session ? process->session->number : process->group->number;
	spinlock_release(&process_tree_lock, flags);
	return result;
}

long sys_getpgid(int pid)
{
	return number_of(pid, false);
}

long sys_getpgrp(void)
{
	return number_of(0, false);
}

long sys_getsid(int pid)
{
	return number_of(pid, true);
}
