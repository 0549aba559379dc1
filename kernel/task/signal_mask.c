/* SPDX-License-Identifier: MIT */
/*
 * signal_mask.c - which signals a task lets in, and waiting for them: rt_sigprocmask(2),
 * rt_sigpending(2), rt_sigsuspend(2), rt_sigtimedwait(2), pause(2), sigaltstack(2).
 *
 * The mask is written by its own task only.  WORK_SIGNAL follows it: set exactly when something is
 * due that the mask lets in; only the task itself ever clears it, so that a call that was
 * interrupted never finds on its way out that nothing was the matter.
 *
 * Masks for the time of one call (sigsuspend, ppoll, pselect) keep the real one in saved_mask.
 * Without a handler it is back before the program goes on; with one, the handler's frame holds it.
 *
 * Errors: EINVAL for a set of another size than 8 bytes or an unknown `how`, EFAULT; EAGAIN and
 * EINTR from rt_sigtimedwait(2); sigaltstack(2): EPERM while on it, ENOMEM when smaller than
 * MINSIGSTKSZ, EINVAL for flags. pause and sigsuspend return only by a handler, always EINTR.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/signal_frame.h"

static bool is_due(const struct task *task)
{
	const struct process *process = task->process;
	uint64_t pending = task->pending.set | process->shared_pending.set;

	assert(spinlock_held(&process->signal_lock));
	return pending & ~task->signal_mask || process->exiting || process->stop_wanted ||
	       process->continued_unannounced;
}

static void recalculate_locked(struct task *task)
{
	/* Only its owner may clear: another could clear what an interrupted call has relied on. */
	assert(task == current);
	if (is_due(task))
		task_add_work(task, WORK_SIGNAL);
	else
		__atomic_and_fetch(&task->work, ~(WORK_SIGNAL | WORK_KILLED), __ATOMIC_RELAXED);
}

void signal_recalculate(struct task *task)
{
	uint64_t flags = spinlock_acquire(&task->process->signal_lock);

	recalculate_locked(task);
	spinlock_release(&task->process->signal_lock, flags);
}

void signal_mask_set(uint64_t mask)
{
	struct task *self = current;
	uint64_t flags = spinlock_acquire(&self->process->signal_lock);

	self->signal_mask = mask & ~SIGNALS_KERNEL_ONLY;
	recalculate_locked(self);
	spinlock_release(&self->process->signal_lock, flags);
}

int signal_mask_swap(user_address mask, uint64_t size)
{
	uint64_t fresh;

	if (!mask)
		return 0;
	if (size != sizeof(fresh))
		return -EINVAL;
	if (user_get(&fresh, mask, sizeof(fresh)))
		return -EFAULT;
	debug_assert(!(current->work & WORK_RESTORE_MASK)); /* else the real mask would be lost */
	current->saved_mask = current->signal_mask;
	task_add_work(current, WORK_RESTORE_MASK);
	signal_mask_set(fresh);
	return 0;
}

long sys_rt_sigprocmask(int how, user_address set, user_address old, size_t set_size)
{
	uint64_t before = current->signal_mask, change;

	if (set_size != sizeof(change))
		return -EINVAL;
	if (set) {
		if (user_get(&change, set, sizeof(change)))
			return -EFAULT;
		if (how == SIG_BLOCK)
			signal_mask_set(before | change);
		else if (how == SIG_UNBLOCK)
			signal_mask_set(before & ~change);
		else if (how == SIG_SETMASK)
			signal_mask_set(change);
		else
			return -EINVAL;
	}
	return old ? user_put(old, &before, sizeof(before)) : 0;
}

/* sigset sizes below 8 are allowed here, and only here: the low bytes are given. */
long sys_rt_sigpending(user_address to, size_t set_size)
{
	struct task *self = current;
	uint64_t flags, pending;

	if (set_size > sizeof(pending))
		return -EINVAL;
	flags = spinlock_acquire(&self->process->signal_lock);
	pending = (self->pending.set | self->process->shared_pending.set) & self->signal_mask;
	spinlock_release(&self->process->signal_lock, flags);
	return user_put(to, &pending, set_size);
}

/* ---- waiting ---- */

static void sleep_until_signal(void)
{
	do
		task_set_sleeping(TASK_INTERRUPTIBLE);
	while (task_sleep() == 0);
}

/* No handler, no return: ERESTARTNOHAND makes the call again after a stop, and EINTR with a
 * handler whatever SA_RESTART says (signal(7)). */
long sys_pause(void)
{
	sleep_until_signal();
	return -ERESTARTNOHAND;
}

long sys_rt_sigsuspend(user_address set, size_t set_size)
{
	int error = set ? signal_mask_swap(set, set_size) : -EFAULT;

	if (set_size != sizeof(uint64_t))
		return -EINVAL;
	if (error)
		return error;
	sleep_until_signal();
	return -ERESTARTNOHAND;
}

/* One look for a signal of `set`; 0: none. */
static int dequeue_of(uint64_t set, struct siginfo *info)
{
	struct task *self = current;
	uint64_t flags = spinlock_acquire(&self->process->signal_lock);
	int signal = signal_dequeue(self, ~set, info);

	recalculate_locked(self);
	spinlock_release(&self->process->signal_lock, flags);
	return signal;
}

/* While it sleeps the signals are let in, as far as waking goes; `awaited` keeps them from
 * acting. */
static int wait_for_signal(uint64_t set, uint64_t deadline, struct siginfo *info)
{
	struct task *self = current;
	uint64_t mask = self->signal_mask;
	int error, signal;

	self->awaited = mask & set;
	/* So that a sender finds somebody who can take it, and wakes us. */
	signal_mask_set(mask & ~set);
	/* Ends by a signal, of `set` or not, or by the deadline: 0 is a wake-up for nothing. */
	do {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		error = task_sleep_until(deadline);
	} while (!error);
	/* The last look, before the mask closes again: what came during the sleep is for us. */
	signal = dequeue_of(set, info);
	self->awaited = 0;
	signal_mask_set(mask);
	if (signal)
		return signal;
	return error == -ETIMEDOUT ? -EAGAIN : -EINTR;
}

long sys_rt_sigtimedwait(user_address set, user_address to, user_address timeout, size_t set_size)
{
	struct siginfo info;
	uint64_t wanted, span = CLOCK_FAR;
	int error, signal;

	if (set_size != sizeof(wanted))
		return -EINVAL;
	if (user_get(&wanted, set, sizeof(wanted)))
		return -EFAULT;
	error = timeout ? timespec_read(timeout, &span) : 0;
	if (error)
		return error;
	wanted &= ~SIGNALS_KERNEL_ONLY;
	signal = dequeue_of(wanted, &info);
	if (!signal && span == 0)
		return -EAGAIN;
	if (!signal)
		signal = wait_for_signal(wanted, timeout ? clock_deadline(span) : ~0UL, &info);
	if (signal > 0 && to && user_put(to, &info, sizeof(info)))
		return -EFAULT;
	return signal;
}

/* ---- the alternate stack ---- */

bool signal_on_alternate_stack(const struct task *task, user_address sp)
{
	if (task->alternate_stack_flags & SS_AUTODISARM)
		return false;
	return sp > task->alternate_stack &&
	       sp - task->alternate_stack <= task->alternate_stack_size;
}

static int32_t alternate_stack_state(const struct task *task, user_address sp)
{
	if (!task->alternate_stack_size)
		return SS_DISABLE;
	return signal_on_alternate_stack(task, sp) ? SS_ONSTACK : 0;
}

int signal_alternate_stack_set(struct task *task, const struct sigaltstack *fresh, user_address sp)
{
	uint32_t mode = (uint32_t)fresh->ss_flags & ~SS_AUTODISARM;

	/* A handler runs on it: to move it would pull the stack away from under its frame. */
	if (signal_on_alternate_stack(task, sp))
		return -EPERM;
	if (mode != SS_DISABLE && mode != SS_ONSTACK && mode != 0)
		return -EINVAL;
	if (mode != SS_DISABLE && fresh->ss_size < MINSIGSTKSZ)
		return -ENOMEM;
	task->alternate_stack = mode == SS_DISABLE ? 0 : fresh->ss_sp;
	task->alternate_stack_size = mode == SS_DISABLE ? 0 : fresh->ss_size;
	task->alternate_stack_flags = (uint32_t)fresh->ss_flags;
	return 0;
}

long sys_sigaltstack(user_address stack, user_address old)
{
	struct task *self = current;
	user_address sp = task_registers(self)->rsp;
	struct sigaltstack fresh, before = { 0 };
	int error;

	before.ss_sp = self->alternate_stack;
	before.ss_size = self->alternate_stack_size;
	before.ss_flags = alternate_stack_state(self, sp) |
			  (int32_t)(self->alternate_stack_flags & SS_AUTODISARM);
	if (stack && user_get(&fresh, stack, sizeof(fresh)))
		return -EFAULT;
	error = stack ? signal_alternate_stack_set(self, &fresh, sp) : 0;
	if (error || !old)
		return error;
	return user_put(old, &before, sizeof(before));
}
