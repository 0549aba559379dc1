/* SPDX-License-Identifier: MIT */
/*
 * signal_deliver.c - on the way out to user mode: signals take effect.
 *
 * One call delivers one handled signal, or finds none; task_work() comes back while more is due, so
 * handlers stack up, the last one pushed runs first.  Default actions (end, stop, nothing) happen
 * here on the way to that.
 *
 * A call that a signal interrupted has answered with an internal code; it never reaches the
 * program.  What becomes of it depends on whether a handler runs:
 *
 *			  no handler	    handler, SA_RESTART	   handler
 *	ERESTARTNOINTR	  again		    again		   again
 *	ERESTARTSYS	  again		    again		   EINTR
 *	ERESTARTNOHAND	  again		    EINTR		   EINTR
 *	ERESTART_RESTARTBLOCK  restart_syscall  EINTR		   EINTR
 *
 * "Again" sets rip back onto the SYSCALL instruction (2 bytes).  Only the first frame of a return
 * decides: it sets orig_rax to -1.
 *
 * Locks: signal_lock while a signal is taken; process_tree_lock (outer) when a parent is told, so
 * the two are never held in the wrong order: what to tell is noted under the first and told under
 * the second.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "task/job_control.h"
#include "task/return.h"
#include "task/signal_child.h"
#include "task/signal_frame.h"

#define SYSCALL_LENGTH 2 /* bytes of the SYSCALL instruction */

/* ---- restarting calls ---- */

static void call_again(struct registers *r, uint64_t number)
{
	r->rax = number;
	r->rip -= SYSCALL_LENGTH;
}

/* orig_rax < 0: it was no call (an interrupt, a fault), or sigreturn; rax is the program's own. */
static void restart_without_handler(struct registers *r)
{
	if (r->orig_rax < 0)
		return;
	switch ((int64_t)r->rax) {
	case -ERESTARTSYS:
	case -ERESTARTNOINTR:
	case -ERESTARTNOHAND:
		call_again(r, (uint64_t)r->orig_rax);
		break;
	case -ERESTART_RESTARTBLOCK:
		call_again(r, NR_restart_syscall);
		break;
	}
}

static void restart_before_handler(struct registers *r, const struct kernel_sigaction *action)
{
	if (r->orig_rax < 0)
		return;
	switch ((int64_t)r->rax) {
	case -ERESTARTNOINTR:
		call_again(r, (uint64_t)r->orig_rax);
		break;
	case -ERESTARTSYS:
		if (action->sa_flags & SA_RESTART) {
			call_again(r, (uint64_t)r->orig_rax);
			break;
		}
		/* fall through */
	case -ERESTARTNOHAND:
	case -ERESTART_RESTARTBLOCK:
		r->rax = (uint64_t)-EINTR;
		break;
	}
}

/* ---- stopping ---- */

static void announce(int code, int status)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);

	signal_parent_stop(current_process(), code, status);
	spinlock_release(&process_tree_lock, flags);
}

/* Stops the process unless SIGCONT or SIGKILL has come since the stop signal was taken. */
static void process_stop(struct process *process)
{
	uint64_t flags = spinlock_acquire(&process->signal_lock);
	int signal = process->stop_wanted;

	process->stop_wanted = 0;
	if (!signal || process->exiting) {
		spinlock_release(&process->signal_lock, flags);
		return;
	}
	process->stopped = true;
	process->stop_signal = signal;
	process->continued_unreported = false;
	/* Under signal_lock: SIGCONT takes the same lock, so it comes either before the test above
	 * or after this, and then wakes us. */
	task_set_sleeping(TASK_STOPPED);
	spinlock_release(&process->signal_lock, flags);
	announce(CLD_STOPPED, signal);
	schedule(); /* until SIGCONT or SIGKILL; at once if it has come by now */
}

/* A terminal's stop signals do not stop a group that nobody could continue. */
static bool stop_is_allowed(struct process *process, int signal)
{
	return signal == SIGSTOP || !group_is_orphaned(process->group);
}

/* ---- taking signals ---- */

/* Something that is due before any signal is taken: true when it was done, and to look again. */
static bool process_event(struct process *process)
{
	bool continued, exiting;
	uint64_t flags;

	if (likely(!read_once(process->exiting) && !read_once(process->continued_unannounced)))
		return false; /* who sets one sets WORK_SIGNAL then, and we come again */
	flags = spinlock_acquire(&process->signal_lock);
	continued = process->continued_unannounced;
	exiting = process->exiting;
	process->continued_unannounced = false;
	spinlock_release(&process->signal_lock, flags);
	if (exiting)
		task_exit(process->wait_status);
	/* The continued process tells its parent itself, on its way out: the sender of SIGCONT may
	 * hold locks, or be in an interrupt. */
	if (continued)
		announce(CLD_CONTINUED, SIGCONT);
	return continued;
}

/* The action, used up if it was for one time only. */
static void action_take(int signal, struct kernel_sigaction *action)
{
	struct signal_actions *actions = current->actions;
	uint64_t flags = spinlock_acquire(&actions->lock);

	*action = actions->action[signal - 1];
	if (action->sa_handler > SIG_IGN && action->sa_flags & SA_RESETHAND)
		actions->action[signal - 1].sa_handler = SIG_DFL;
	spinlock_release(&actions->lock, flags);
}

/* Takes a signal and its action; a stop signal with the default action is noted at the same
 * time. */
static int signal_take(struct process *process, struct siginfo *info,
		       struct kernel_sigaction *action)
{
	uint64_t flags = spinlock_acquire(&process->signal_lock);
	int signal = signal_dequeue(current, current->signal_mask, info);

	if (signal) {
		action_take(signal, action);
		if (action->sa_handler == SIG_DFL && signal_is_in(signal, SIGNALS_STOP))
			process->stop_wanted = signal;
	}
	spinlock_release(&process->signal_lock, flags);
	return signal;
}

/* Comes back unless the process ends; when it was stopped, after it has been continued. */
static void default_action(struct process *process, int signal)
{
	if (signal_is_in(signal, SIGNALS_IGNORED))
		return;
	/* Process 1: a default action must not end it. */
	if (process->unkillable && !signal_is_in(signal, SIGNALS_KERNEL_ONLY))
		return;
	if (!signal_is_in(signal, SIGNALS_STOP))
		process_exit(signal); /* no core is written: the core bit stays clear */
	if (stop_is_allowed(process, signal))
		process_stop(process);
	else
		process->stop_wanted = 0;
}

/* The next signal that has a handler, or 0 when nothing is due any more. */
static int handled_signal_take(struct siginfo *info, struct kernel_sigaction *action)
{
	struct process *process = current_process();
	int signal;

	for (;;) {
		if (process_event(process))
			continue;
		signal = signal_take(process, info, action);
		if (!signal || action->sa_handler > SIG_IGN)
			return signal;
		if (action->sa_handler == SIG_DFL)
			default_action(process, signal);
	}
}

/* ---- the step of return.c ---- */

static void saved_mask_restore(void)
{
	__atomic_and_fetch(&current->work, ~WORK_RESTORE_MASK, __ATOMIC_RELAXED);
	signal_mask_set(current->saved_mask);
}

/* Whether the call with a mask of its own was ended by a signal: then that is delivered under
 * it. */
static bool was_interrupted(const struct registers *r)
{
	return (int64_t)r->rax == -ERESTARTNOHAND || (int64_t)r->rax == -EINTR;
}

static void handler_run(struct registers *r, int signal, struct signal_frame *frame,
			const struct kernel_sigaction *action)
{
	struct task *self = current;
	uint64_t mask = self->work & WORK_RESTORE_MASK ? self->saved_mask : self->signal_mask;

	restart_before_handler(r, action);
	if (signal_frame_push(r, action, frame, mask)) {
		/* The stack cannot take the frame. A SIGSEGV handler that cannot run is the end;
		 * any other signal turns into SIGSEGV, which may have a handler on an alternate
		 * stack. */
		if (signal == SIGSEGV)
			signal_force_kill(SIGSEGV);
		else
			signal_force(SIGSEGV, SI_KERNEL, 0);
		return; /* the mask to return to waits for the frame of that one */
	}
	__atomic_and_fetch(&self->work, ~WORK_RESTORE_MASK, __ATOMIC_RELAXED);
	signal_mask_set(self->signal_mask | action->sa_mask |
			(action->sa_flags & SA_NODEFER ? 0 : SIGNAL_BIT(signal)));
}

void signals_deliver(struct registers *r)
{
	struct kernel_sigaction action;
	struct signal_frame frame;
	int signal;

	/* poll was ready in time: its mask goes before any signal that only that mask let in. */
	if (current->work & WORK_RESTORE_MASK && !was_interrupted(r))
		saved_mask_restore();
	signal = handled_signal_take(&frame.info, &action);
	if (signal) {
		handler_run(r, signal, &frame, &action);
		return;
	}
	restart_without_handler(r);
	if (current->work & WORK_RESTORE_MASK)
		saved_mask_restore();
	else
		signal_recalculate(current);
}
