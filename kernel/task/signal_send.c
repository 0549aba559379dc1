/* SPDX-License-Identifier: MIT */
/*
 * signal_send.c - a signal becomes pending, and whoever should act on it is woken.
 *
 * Sending has effects at once, before any delivery: SIGCONT takes pending stop signals back and
 * wakes the stopped, a stop signal takes pending SIGCONTs back, an ignored signal is dropped, a
 * fatal one marks the whole process as ending (but for those that ask for a core file).  A blocked
 * signal is never dropped: its action may change before it is unblocked.
 *
 * Process 1 is protected: what it does not handle does not reach it - except a fault of its own.
 *
 * Locks: process->signal_lock for the whole of one sending; the callers that walk processes hold
 * process_tree_lock outside of it. Callable from interrupts: nothing here sleeps, and memory for
 * siginfo is taken without reclaim.
 */
#include "abi/errno.h"
#include "task/signal_queue.h"
#include "task/user_fault.h"

static bool is_blocked(const struct task *task, int signal)
{
	return signal_is_in(signal, task->signal_mask | task->awaited);
}

static bool is_dropped(const struct process *process, const struct task *task, int signal)
{
	uint64_t handler;

	if (task->exiting)
		return true;
	/* sigtimedwait()'s signals count as blocked: it takes them itself, ignored or not. */
	if (is_blocked(task, signal))
		return false;
	handler = signal_handler_of(task, signal);
	if (process->unkillable && handler == SIG_DFL)
		return true;
	return signal_handler_ignores(handler, signal);
}

/* Whether there is no handler, and the default action is the end of the process at once.  What asks
 * for a core file ends it when it is delivered, since the program must be where it was: no killable
 * sleep ends early (vfork). */
static bool is_fatal(const struct task *task, int signal)
{
	return signal_handler_of(task, signal) == SIG_DFL &&
	       !signal_is_in(signal, SIGNALS_IGNORED | SIGNALS_STOP | SIGNALS_CORE);
}

/* ---- stop and continue, at the moment of sending ---- */

/* Also what single tasks have pending: tgkill(2) may have sent a stop signal to one. */
static void flush_everywhere(struct process *process, uint64_t set)
{
	struct task *task;

	pending_flush(process, &process->shared_pending, set);
	list_for_each(task, &process->tasks, process_link)
		pending_flush(process, &task->pending, set);
}

static void process_continue(struct process *process)
{
	struct task *task;

	/* Stop and continue cancel each other at once, whatever is blocked (signal(7), POSIX). */
	flush_everywhere(process, SIGNALS_STOP);
	process->stop_wanted = 0;
	if (process->stopped) {
		process->stopped = false;
		process->stop_signal = 0;
		process->continued_unreported = process->continued_unannounced = true;
	}
	list_for_each(task, &process->tasks, process_link) {
		if (process->continued_unannounced)
			task_add_work(task, WORK_SIGNAL); /* to tell the parent */
		task_wake(task, TASK_STOPPED);
	}
}

static void send_effects(struct process *process, int signal)
{
	if (process->exiting)
		return;
	if (signal == SIGCONT)
		process_continue(process);
	else if (signal_is_in(signal, SIGNALS_STOP))
		flush_everywhere(process, SIGNAL_BIT(SIGCONT));
}

/* ---- waking ---- */

static void task_signal_wake(struct task *task, bool fatal)
{
	task_add_work(task, fatal ? WORK_SIGNAL | WORK_KILLED : WORK_SIGNAL);
	if (read_once(task->state) == TASK_RUNNING)
		return; /* whoever goes to sleep from here on sees the bits himself */
	task_wake(task, fatal ? TASK_INTERRUPTIBLE | TASK_KILLABLE | TASK_STOPPED
			      : TASK_INTERRUPTIBLE);
}

static void process_kill(struct process *process, int signal)
{
	struct task *task;

	/* From now on every task of the process ends at its next way out, in order to die of the
	 * *first* fatal signal (wait_status). */
	process->exiting = true;
	process->wait_status = signal;
	process->stop_wanted = 0;
	list_for_each(task, &process->tasks, process_link)
		task_signal_wake(task, true);
}

/* Whether the task can act on it now: a stopped one acts on SIGKILL alone until it goes on. */
static bool can_take(const struct task *task, int signal)
{
	if (signal == SIGKILL)
		/* SIGKILL does not ask for masks, nor whether the task is stopped. */
		return !task->exiting;
	return !task->exiting && task->state != TASK_STOPPED &&
	       !signal_is_in(signal, task->signal_mask);
}

/* The task that takes a signal for the process: its leader if it can, else any that can. */
static struct task *find_taker(struct process *process, int signal)
{
	struct task *task;

	list_for_each(task, &process->tasks, process_link)
		if (can_take(task, signal))
			return task;
	return NULL;
}

static void signal_complete(struct process *process, struct task *task, int signal)
{
	if (!task)
		return; /* all block it, or are stopped: whoever can take it later will find it */
	if (signal == SIGKILL ||
	    (is_fatal(task, signal) && !process->exiting && !signal_is_in(signal, task->awaited)))
		process_kill(process, signal);
	else
		task_signal_wake(task, false);
}

/* ---- sending ---- */

static const struct siginfo *info_or_kernel(const struct siginfo *info, int signal,
					    struct siginfo *kernel)
{
	if (info)
		return info;
	*kernel = (struct siginfo){ .si_signo = signal, .si_code = SI_KERNEL };
	return kernel;
}

/* `task` NULL: to the process. */
static int signal_send(struct process *process, struct task *task, int signal,
		       const struct siginfo *info)
{
	struct pending_signals *pending = task ? &task->pending : &process->shared_pending;
	struct task *judge = task ? task : process->leader;
	struct siginfo kernel;
	int error = 0;

	assert(spinlock_held(&process->signal_lock) && signal_is_valid(signal));
	if (!judge)
		return 0; /* already waited for */
	send_effects(process, signal);
	if (is_dropped(process, judge, signal))
		return 0;
	info = info_or_kernel(info, signal, &kernel);
	error = pending_add(process, pending, signal, info);
	if (error)
		return error;
	if (!task)
		task = find_taker(process, signal);
	else if (!can_take(task, signal))
		task = NULL;
	signal_complete(process, task, signal);
	return 0;
}

int signal_send_process(struct process *process, int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process->signal_lock);
	int error = signal_send(process, NULL, signal, info);

	spinlock_release(&process->signal_lock, flags);
	return error;
}

int signal_send_task(struct task *task, int signal, const struct siginfo *info)
{
	struct process *process = task->process;
	uint64_t flags = spinlock_acquire(&process->signal_lock);
	int error = signal_send(process, task, signal, info);

	spinlock_release(&process->signal_lock, flags);
	return error;
}

int signal_send_group(struct pid *group, int signal, const struct siginfo *info)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process;
	int error = -ESRCH;

	list_for_each(process, &group->group, group_link)
		error = signal_send_process(process, signal, info);
	spinlock_release(&process_tree_lock, flags);
	return error;
}

/* ---- what the current task did to itself ---- */

static void action_force_default(int signal)
{
	struct signal_actions *actions = current->actions;
	uint64_t flags = spinlock_acquire(&actions->lock);

	actions->action[signal - 1].sa_handler = SIG_DFL;
	spinlock_release(&actions->lock, flags);
}

/* An instruction cannot go on before its fault is dealt with, so a mask or SIG_IGN does not hold it
 * back: the action becomes the default then, for good.  Process 1 can die of its own faults. */
static void force(int signal, const struct siginfo *info, bool by_default)
{
	struct task *self = current;
	struct process *process = self->process;
	uint64_t flags = spinlock_acquire(&process->signal_lock);
	if (by_default || signal_handler_of(self, signal) == SIG_IGN ||
	    signal_is_in(signal, self->signal_mask))
		action_force_default(signal);
	self->signal_mask &= ~SIGNAL_BIT(signal);
	if (signal_handler_of(self, signal) == SIG_DFL)
		process->unkillable = false;
	signal_send(process, self, signal, info);
	spinlock_release(&process->signal_lock, flags);
}

void signal_force(int signal, int code, user_address address)
{
	struct siginfo info = { .si_signo = signal, .si_code = code, .si_addr = address };

	force(signal, &info, false);
}

void signal_force_kill(int signal)
{
	force(signal, NULL, true);
}

/* The three words go into the frame's sigcontext (err, trapno, cr2), also of later signals: like
 * the registers of Linux's thread_struct they stay until the next fault. */
void signal_force_fault(const struct registers *registers, int signal, int code, uint64_t address)
{
	current->fault_error = registers->error;
	current->fault_vector = registers->vector;
	if (signal == SIGSEGV || signal == SIGBUS)
		current->fault_address = address;
	signal_force(signal, code, address);
}
