/* SPDX-License-Identifier: MIT */
/*
 * tty_session.c - whose terminal it is: how a session gains and loses its controlling terminal
 * (credentials(7), ioctl_tty(2)).
 *
 * A terminal controls at most one session, a session has at most one terminal.  The link goes two
 * ways: tty->session and ->foreground (counted pids, under tty->lock) and process->terminal (under
 * process_tree_lock).  The order is process_tree_lock, then tty->lock; nothing here holds the
 * second while it asks for the first.  So the two ways change one after the other; whoever follows
 * one checks the other (tty_own() == tty and tty->session == our session).
 *
 * A hang-up takes the terminal from the session, but the group that was in front is remembered with
 * the leader: when that exits, it is told all the same.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "drivers/tty.h"
#include "drivers/tty_session.h"
#include "task/credentials.h"
#include "task/job_control.h"
#include "task/signal.h"

/* ---- the link ---- */

/* With a count, since the pointer outlives the lock: the session may give up the terminal at
 * once. */
struct pid *tty_session_get(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct pid *session = tty->session;

	if (session)
		pid_get(session);
	spinlock_release(&tty->lock, flags);
	return session;
}

struct pid *tty_foreground_get(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct pid *group = tty->foreground;

	if (group)
		pid_get(group);
	spinlock_release(&tty->lock, flags);
	return group;
}

void tty_owners_set(struct tty *tty, struct pid *session, struct pid *foreground)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct pid *old_session = tty->session, *old_foreground = tty->foreground;

	assert(!session == !foreground); /* both, or neither */
	tty->session = session;
	tty->foreground = foreground;
	spinlock_release(&tty->lock, flags);
	/* The last put frees memory: not under the spinlock. */
	pid_put(old_session);
	pid_put(old_foreground);
}

/* One word, and terminals are static: it can be read without the lock, and is never a dangling
 * pointer.  It may be out of date at once, so it is compared, not trusted. */
struct tty *tty_own(void)
{
	return read_once(current_process()->terminal);
}

/* ---- gaining and losing a terminal ---- */

/* Takes over the caller's count. */
static void old_foreground_set(struct process *leader, struct pid *group)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct pid *before = leader->old_foreground;

	assert(leader->session_leader);
	leader->old_foreground = group;
	spinlock_release(&process_tree_lock, flags);
	pid_put(before);
}

/* SIGCONT after it, because a stopped process would not see SIGHUP before somebody continues it,
 * and nobody is left. */
static void group_hang_up(struct pid *group)
{
	signal_send_group(group, SIGHUP, NULL);
	signal_send_group(group, SIGCONT, NULL);
}

/* The terminal first, then the process: whoever finds process->terminal set can rely on
 * tty->session.  What an old terminal left to tell (old_foreground) is void. */
static void terminal_take(struct tty *tty)
{
	struct process *process = current_process();
	uint64_t flags;

	assert(process->session_leader);
	pid_get(process->session);
	pid_get(process->group);
	tty_owners_set(tty, process->session, process->group);
	old_foreground_set(process, NULL);
	flags = spinlock_acquire(&process_tree_lock);
	process->terminal = tty;
	spinlock_release(&process_tree_lock, flags);
}

/* Whoever may only write must not gain control of what others type. */
static bool may_read(const struct file *file)
{
	return file->mode & FILE_READ;
}

/* Four conditions of Linux's tty_open_proc_set_tty(): a leader, without a terminal, of a terminal
 * without a session, that it may read from. */
void tty_take_session(struct tty *tty, struct file *file)
{
	struct process *process = current_process();

	if (process->session_leader && !tty_own() && !read_once(tty->session) &&
	    may_read(file))
		terminal_take(tty);
}

/* Takes over the count of `foreground`. */
static void leader_hang_up(struct pid *session, struct pid *foreground)
{
	struct process *leader = process_find(session->number);

	if (leader && leader->session_leader && leader->session == session) {
		signal_send_process(leader, SIGHUP, NULL);
		signal_send_process(leader, SIGCONT, NULL);
		old_foreground_set(leader, foreground);
		foreground = NULL;
	}
	pid_put(foreground);
	if (leader)
		process_put(leader);
}

/* The terminal lets go first, so that another session can take it; then the old one is told, and
 * loses its side of the link. */
void tty_drop_session(struct tty *tty, bool session_exits)
{
	struct pid *session = tty_session_get(tty), *foreground = tty_foreground_get(tty);

	assert(!spinlock_held(&process_tree_lock));
	tty_owners_set(tty, NULL, NULL);
	if (foreground && session_exits)
		signal_send_group(foreground, SIGHUP, NULL);
	if (session) {
		session_set_terminal(session, NULL);
		leader_hang_up(session, foreground);
	} else {
		pid_put(foreground);
	}
	pid_put(session);
}

/* A step of exit (task/exit.c).  Only the leader's death frees the terminal; its session's other
 * processes lose it then. */
void terminal_exit(struct process *process)
{
	struct tty *tty = read_once(process->terminal);

	if (!process->session_leader)
		return;
	if (tty)
		tty_hang_up(tty, true);
	else if (process->old_foreground)
		group_hang_up(process->old_foreground);
	old_foreground_set(process, NULL);
}

/* vhangup(2): for log-in programs, so that nobody listens on an old descriptor. */
long sys_vhangup(void)
{
	struct tty *tty = tty_own();

	if (!capable(CAP_SYS_TTY_CONFIG))
		return -EPERM;
	if (tty)
		tty_hang_up(tty, false);
	return 0;
}

long tty_session_give_up(struct tty *tty)
{
	struct process *process = current_process();
	struct pid *foreground;
	uint64_t flags;

	if (tty_own() != tty)
		return -ENOTTY;
	if (process->session_leader) {
		foreground = tty_foreground_get(tty);
		/* Told while the terminal is still theirs: to reads that go on now it is gone. */
		if (foreground)
			group_hang_up(foreground);
		pid_put(foreground);
		tty_owners_set(tty, NULL, NULL);
		session_set_terminal(process->session, NULL);
	}
	flags = spinlock_acquire(&process_tree_lock);
	process->terminal = NULL;
	spinlock_release(&process_tree_lock, flags);
	return 0;
}

long tty_session_take(struct tty *tty, struct file *file, bool steal)
{
	struct process *process = current_process();
	struct pid *owner;
	long result = -EPERM;

	owner = tty_session_get(tty);
	/* To take what one has is no error (ioctl_tty(2)). */
	if (process->session_leader && owner == process->session) {
		result = 0;
	} else if (process->session_leader && !tty_own() &&
		   (!owner || (steal && capable(CAP_SYS_ADMIN))) &&
		   (may_read(file) || capable(CAP_SYS_ADMIN))) {
		if (owner)
			session_set_terminal(owner, NULL);
		terminal_take(tty);
		result = 0;
	}
	pid_put(owner);
	return result;
}
