/* SPDX-License-Identifier: MIT */
/*
 * tty_jobs.c - whose terminal it is: controlling terminals, the foreground group, what background
 * processes may do (credentials(7), tcsetpgrp(3), tty_ioctl(2)).
 *
 * A terminal controls at most one session, a session has at most one terminal.  The link goes two
 * ways: tty->session and ->foreground (counted pids, under tty->lock) and process->terminal (under
 * process_tree_lock).  The order is process_tree_lock, then tty->lock; nothing here holds the
 * second while it asks for the first.
 *
 * Errors (tty_ioctl(2)): ENOTTY not one's controlling terminal, EPERM a group of another session
 * or a terminal of another's, ESRCH no such group, EINVAL a negative number.
 *
 * Why the background check uses signals: a shell's job that reads while the shell does would steal
 * its input. SIGTTIN stops it until the user brings it to the foreground.
 *
 * A hang-up takes the terminal from the session, but the group that was in front is remembered with
 * the leader: when that exits, it is told all the same.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "drivers/tty.h"
#include "fs/procfs.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/job_control.h"
#include "task/signal.h"

/* With a count, or NULL. */
static struct pid *session_get(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct pid *session = tty->session;

	if (session)
		pid_get(session);
	spinlock_release(&tty->lock, flags);
	return session;
}

static struct pid *foreground_get(struct tty *tty)
{
	uint64_t flags = spinlock_acquire(&tty->lock);
	struct pid *group = tty->foreground;

	if (group)
		pid_get(group);
	spinlock_release(&tty->lock, flags);
	return group;
}

/* Replaces both; takes over the callers' counts. */
static void owners_set(struct tty *tty, struct pid *session, struct pid *foreground)
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

static struct tty *own_terminal(void)
{
	return read_once(current_process()->terminal);
}

void tty_send_signal(struct tty *tty, int signal)
{
	struct pid *group;

	assert(!spinlock_held(&tty->lock));
	group = foreground_get(tty);
	if (group)
		signal_send_group(group, signal, NULL);
	pid_put(group);
}

/* Of fs/procfs.h: for /proc/PID/stat. */
void terminal_describe(struct tty *tty, uint32_t *device, int *foreground)
{
	struct pid *group = tty ? foreground_get(tty) : NULL;

	*device = tty ? (uint32_t)tty->number : 0;
	*foreground = group ? group->number : -1;
	pid_put(group);
}

/* ---- background processes ---- */

static int stop_own_group(struct pid *group, int signal)
{
	if (signal_is_ignored_or_blocked(signal))
		return signal == SIGTTIN ? -EIO : 0;
	if (group_is_orphaned(group))
		return -EIO; /* nobody would ever continue it */
	signal_send_group(group, signal, NULL);
	return -ERESTARTSYS;
}

int tty_check_background(struct tty *tty, int signal)
{
	struct pid *group = current_process()->group;
	struct pid *foreground;
	bool background;

	assert(signal == SIGTTIN || signal == SIGTTOU);
	if (own_terminal() != tty)
		return 0;
	foreground = foreground_get(tty);
	background = foreground && foreground != group;
	pid_put(foreground);
	return background ? stop_own_group(group, signal) : 0;
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

static void group_hang_up(struct pid *group)
{
	signal_send_group(group, SIGHUP, NULL);
	signal_send_group(group, SIGCONT, NULL);
}

static void terminal_take(struct tty *tty)
{
	struct process *process = current_process();
	uint64_t flags;

	assert(process->session_leader);
	pid_get(process->session);
	pid_get(process->group);
	owners_set(tty, process->session, process->group);
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

void tty_take_session(struct tty *tty, struct file *file)
{
	struct process *process = current_process();

	if (process->session_leader && !own_terminal() && !read_once(tty->session) &&
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

void tty_drop_session(struct tty *tty, bool session_exits)
{
	struct pid *session = session_get(tty), *foreground = foreground_get(tty);

	assert(!spinlock_held(&process_tree_lock));
	owners_set(tty, NULL, NULL);
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
	struct tty *tty = own_terminal();

	if (!capable(CAP_SYS_TTY_CONFIG))
		return -EPERM;
	if (tty)
		tty_hang_up(tty, false);
	return 0;
}

/* TIOCNOTTY by the leader frees the whole session, by another process only itself. */
static long give_up(struct tty *tty)
{
	struct process *process = current_process();
	struct pid *foreground;
	uint64_t flags;

	if (own_terminal() != tty)
		return -ENOTTY;
	if (process->session_leader) {
		foreground = foreground_get(tty);
		if (foreground)
			group_hang_up(foreground);
		pid_put(foreground);
		owners_set(tty, NULL, NULL);
		session_set_terminal(process->session, NULL);
	}
	flags = spinlock_acquire(&process_tree_lock);
	process->terminal = NULL;
	spinlock_release(&process_tree_lock, flags);
	return 0;
}

/* TIOCSCTTY; `steal`: the superuser may take it from another session. */
static long take(struct tty *tty, struct file *file, bool steal)
{
	struct process *process = current_process();
	struct pid *owner;
	long result = -EPERM;

	owner = session_get(tty);
	if (process->session_leader && owner == process->session) {
		result = 0;
	} else if (process->session_leader && !own_terminal() &&
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

/* ---- the foreground group ---- */

/* The group with this number with a count, when it is one of our session. */
static int group_find(int number, struct pid **group)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);

	*group = pid_find(number);
	if (*group)
		pid_get(*group);
	spinlock_release(&process_tree_lock, flags);
	if (!*group)
		return -ESRCH;
	if (group_in_session(*group, current_process()->session))
		return 0;
	pid_put(*group);
	return -EPERM;
}

static long set_foreground(struct tty *tty, uint64_t argument)
{
	struct pid *group, *session;
	int number, error = tty_check_background(tty, SIGTTOU);
	bool ours;

	if (error)
		return error == -EIO ? -ENOTTY : error;
	if (user_get(&number, argument, sizeof(number)))
		return -EFAULT;
	if (number < 0)
		return -EINVAL;
	session = session_get(tty);
	ours = own_terminal() == tty && session == current_process()->session;
	if (!ours)
		error = -ENOTTY;
	else
		error = group_find(number, &group);
	if (error) {
		pid_put(session);
		return error;
	}
	owners_set(tty, session, group);
	return 0;
}

static long put_number(struct pid *pid, uint64_t argument)
{
	int number = pid ? pid->number : 0;

	pid_put(pid);
	return user_put(argument, &number, sizeof(number));
}

long tty_ioctl_jobs(struct file *file, unsigned command, uint64_t argument)
{
	struct tty *tty = tty_open_of(file)->tty;
	struct pid *session;

	switch (command) {
	case TIOCSCTTY:
		return take(tty, file, argument == 1);
	case TIOCNOTTY:
		return give_up(tty);
	case TIOCSPGRP:
		return set_foreground(tty, argument);
	case TIOCGPGRP:
		if (own_terminal() != tty)
			return -ENOTTY;
		return put_number(foreground_get(tty), argument);
	case TIOCGSID:
		if (own_terminal() != tty)
			return -ENOTTY;
		session = session_get(tty);
		return session ? put_number(session, argument) : -ENOTTY;
	default:
		return -ENOTTY;
	}
}
