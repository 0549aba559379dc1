/* SPDX-License-Identifier: MIT */
/*
 * tty_jobs.c - the foreground group: who may read from the terminal, and what background processes
 * may do (tcsetpgrp(3), ioctl_tty(2)).
 *
 * A shell puts each job in a group and gives the terminal to one.  Why the background check uses
 * signals: a job that reads while the shell does would steal its input.  SIGTTIN stops it until the
 * user brings it to the foreground.
 *
 * Errors (ioctl_tty(2)): ENOTTY not one's controlling terminal, EPERM a group of another session
 * or a terminal of another's, ESRCH no such group, EINVAL a negative number.
 *
 * Whose terminal it is at all is tty_session.c's; the locks are told there.
 */
#include "abi/errno.h"
#include "drivers/tty.h"
#include "drivers/tty_session.h"
#include "fs/procfs.h"
#include "memory/user_copy.h"
#include "task/job_control.h"
#include "task/signal.h"

/* The group is looked up now: who was in front when the key was typed and is no more must not be
 * hit.  No group, no signal. */
void tty_send_signal(struct tty *tty, int signal)
{
	struct pid *group;

	assert(!spinlock_held(&tty->lock));
	group = tty_foreground_get(tty);
	if (group)
		signal_send_group(group, signal, NULL);
	pid_put(group);
}

/* Of fs/procfs.h: for /proc/PID/stat. */
void terminal_describe(struct tty *tty, uint32_t *device, int *foreground)
{
	struct pid *group = tty ? tty_foreground_get(tty) : NULL;

	*device = tty ? (uint32_t)tty->number : 0;
	*foreground = group ? group->number : -1;
	pid_put(group);
}

/* ---- background processes ---- */

/* The whole group, since a pipeline is stopped and continued as one.  ERESTARTSYS: the call is made
 * again after SIGCONT, when the group may be in front.  Who ignores or blocks SIGTTOU may write
 * (POSIX: it asked for that); who does so with SIGTTIN cannot be stopped, and gets EIO instead of
 * other people's input. */
static int stop_own_group(struct pid *group, int signal)
{
	if (signal_is_ignored_or_blocked(signal))
		return signal == SIGTTIN ? -EIO : 0;
	if (group_is_orphaned(group))
		return -EIO; /* nobody would ever continue it */
	signal_send_group(group, signal, NULL);
	return -ERESTARTSYS;
}

/* Of a terminal that is not one's own everybody may read: permissions are all that protects it. */
int tty_check_background(struct tty *tty, int signal)
{
	struct pid *group = current_process()->group;
	struct pid *foreground;
	bool background;

	assert(signal == SIGTTIN || signal == SIGTTOU);
	if (tty_own() != tty)
		return 0;
	foreground = tty_foreground_get(tty);
	background = foreground && foreground != group;
	pid_put(foreground);
	return background ? stop_own_group(group, signal) : 0;
}

/* ---- the foreground group ---- */

/* The group with this number with a count, when it is one of our session.  ESRCH for a group that
 * does not exist is Linux's; tcsetpgrp(3) knows only EPERM. */
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

/* Nothing sleeps between the look at the session and tty_owners_set(): a hang-up cannot come in
 * between and have its work undone. */
static long set_foreground(struct tty *tty, uint64_t argument)
{
	struct pid *group, *session;
	int number, error = tty_check_background(tty, SIGTTOU);
	bool ours;

	/* An orphaned group has no claim to the terminal at all: ENOTTY, as Linux answers. */
	if (error)
		return error == -EIO ? -ENOTTY : error;
	if (user_get(&number, argument, sizeof(number)))
		return -EFAULT;
	if (number < 0)
		return -EINVAL;
	session = tty_session_get(tty);
	ours = tty_own() == tty && session == current_process()->session;
	if (!ours)
		error = -ENOTTY;
	else
		error = group_find(number, &group);
	if (error) {
		pid_put(session);
		return error;
	}
	tty_owners_set(tty, session, group);
	return 0;
}

/* Takes over the caller's count of `pid`. 0: there is no foreground group. */
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
		return tty_session_take(tty, file, argument == 1);
	case TIOCNOTTY:
		return tty_session_give_up(tty);
	case TIOCSPGRP:
		return set_foreground(tty, argument);
	case TIOCGPGRP:
		if (tty_own() != tty)
			return -ENOTTY;
		return put_number(tty_foreground_get(tty), argument);
	case TIOCGSID:
		if (tty_own() != tty)
			return -ENOTTY;
		session = tty_session_get(tty);
		return session ? put_number(session, argument) : -ENOTTY;
	default:
		return -ENOTTY;
	}
}
