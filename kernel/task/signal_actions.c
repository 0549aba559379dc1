/* SPDX-License-Identifier: MIT */
/*
 * signal_actions.c - what a process wants done when a signal comes: sigaction(2), and what becomes
 * of it in fork, exec and exit.
 *
 * The table is counted and shared by CLONE_SIGHAND; a vfork child has its own copy.  An action that
 * means "ignore" also drops what is pending of that signal, so that it cannot come up later.
 *
 * Why `task->actions` becomes NULL under signal_lock: a sender may be looking at the table of a
 * task that exits. Once it is NULL, everything is ignored.
 *
 * Errors of rt_sigaction(2): EINVAL for a size that is not 8, a signal out of range, or any action
 * for SIGKILL and SIGSTOP; EFAULT.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/signal_queue.h"
#include "task/user_fault.h"

#define ACTION_FLAGS                                                                               \
	((uint64_t)SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_RESTORER | SA_ONSTACK |           \
	 SA_RESTART | SA_NODEFER | SA_RESETHAND | SA_EXPOSE_TAGBITS)

static struct slab_cache actions_cache = SLAB_CACHE("signal_actions", struct signal_actions);

/* ---- the table's life ---- */

/* A private copy; of nothing: all defaults. */
static struct signal_actions *actions_copy(const struct signal_actions *from)
{
	struct signal_actions *actions = slab_alloc(&actions_cache);

	if (!actions)
		return NULL;
	if (from)
		memcpy(actions->action, from->action, sizeof(actions->action));
	else
		memset(actions->action, 0, sizeof(actions->action));
	actions->count = 1;
	actions->lock = (struct spinlock)SPINLOCK_INIT;
	return actions;
}

static void actions_put(struct signal_actions *actions)
{
	debug_assert(actions->count > 0);
	if (__atomic_sub_fetch(&actions->count, 1, __ATOMIC_ACQ_REL) == 0)
		slab_free(&actions_cache, actions);
}

int signal_actions_fork(struct task *child, bool share)
{
	struct signal_actions *mine = current->actions;

	if (share) {
		__atomic_add_fetch(&mine->count, 1, __ATOMIC_RELAXED);
		child->actions = mine;
		return 0;
	}
	child->actions = actions_copy(mine);
	return child->actions ? 0 : -ENOMEM;
}

void signal_actions_exit(struct task *task)
{
	struct signal_actions *actions = task->actions;
	uint64_t flags;

	if (task->process) { /* senders look at the table under this lock */
		flags = spinlock_acquire(&task->process->signal_lock);
		task->actions = NULL;
		spinlock_release(&task->process->signal_lock, flags);
	}
	task->actions = NULL;
	actions_put(actions);
}

/* Handlers belong to a program that is no longer there; "ignore" is a wish that stays. */
void signal_actions_reset(struct task *task)
{
	struct kernel_sigaction *action;
	uint64_t flags = spinlock_acquire(&task->actions->lock);

	for (action = task->actions->action; action < task->actions->action + SIGNAL_COUNT;
	     action++)
		*action = (struct kernel_sigaction){
			.sa_handler = action->sa_handler == SIG_IGN ? SIG_IGN : SIG_DFL,
		};
	spinlock_release(&task->actions->lock, flags);
}

/* After the point of no return.  Pending signals and the mask stay (signal(7)); the alternate stack
 * lay in memory that is gone. */
void signal_exec(struct task *task)
{
	struct signal_actions *shared = task->actions, *own;

	/* A vfork child that shared the table must not reset its parent's handlers. */
	if (shared->count > 1) {
		own = actions_copy(shared);
		if (!own)
			process_exit(SIGKILL); /* exec cannot go back any more */
		task->actions = own;
		actions_put(shared);
	}
	signal_actions_reset(task);
	task->alternate_stack = task->alternate_stack_size = 0;
}

/* ---- questions ---- */

void signal_action_get(const struct task *task, int signal, struct kernel_sigaction *action)
{
	struct signal_actions *actions = task->actions;
	uint64_t flags;

	assert(signal_is_valid(signal));
	if (!actions) {
		*action = (struct kernel_sigaction){ .sa_handler = SIG_IGN };
		return;
	}
	flags = spinlock_acquire(&actions->lock);
	*action = actions->action[signal - 1];
	spinlock_release(&actions->lock, flags);
}

bool signal_is_ignored_or_blocked(int signal)
{
	return signal_handler_of(current, signal) == SIG_IGN ||
	       signal_is_in(signal, current->signal_mask);
}

bool signal_is_handled(int signal)
{
	return signal_handler_of(current, signal) > SIG_IGN &&
	       !signal_is_in(signal, current->signal_mask);
}

/* ---- rt_sigaction(2) ---- */

static void flush_ignored(struct process *process, uint64_t set)
{
	struct task *task;

	debug_assert(spinlock_held(&process->signal_lock));
	pending_flush(process, &process->shared_pending, set);
	list_for_each(task, &process->tasks, process_link)
		pending_flush(process, &task->pending, set);
}

static void action_set(int signal, struct kernel_sigaction *action)
{
	struct process *process = current_process();
	struct signal_actions *actions = current->actions;
	uint64_t flags;

	/* Unknown flags read back as 0: that is how a program finds out what a kernel knows
	 * (sigaction(2), "Dynamically probing for flag bit support"). */
	action->sa_flags &= ACTION_FLAGS;
	action->sa_mask &= ~SIGNALS_KERNEL_ONLY;
	flags = spinlock_acquire(&actions->lock);
	actions->action[signal - 1] = *action;
	spinlock_release(&actions->lock, flags);
	if (likely(!signal_handler_ignores(action->sa_handler, signal)))
		return;
	/* Who sends from here on drops it himself; what came before goes now. */
	flags = spinlock_acquire(&process->signal_lock);
	flush_ignored(process, SIGNAL_BIT(signal));
	spinlock_release(&process->signal_lock, flags);
}

long sys_rt_sigaction(int signal, user_address action, user_address old, size_t set_size)
{
	struct kernel_sigaction fresh, before;

	if (set_size != sizeof(uint64_t))
		return -EINVAL;
	if (action && user_get(&fresh, action, sizeof(fresh)))
		return -EFAULT;
	/* To ask for the action of SIGKILL is allowed, to set it is not. (EFAULT of the new one
	 * comes first, as on Linux.) */
	if (!signal_is_valid(signal) || (action && signal_is_in(signal, SIGNALS_KERNEL_ONLY)))
		return -EINVAL;
	if (old)
		signal_action_get(current, signal, &before);
	if (action)
		action_set(signal, &fresh);
	return old ? user_put(old, &before, sizeof(before)) : 0;
}
