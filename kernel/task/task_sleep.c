/* SPDX-License-Identifier: MIT */
/*
 * task_sleep.c - the sleeper's side of lock/wait_queue.h: say that you sleep, look whether there is
 * a reason to, leave the processor.
 *
 * The state is a promise to wakers: from task_set_sleeping() on, task_wake() sets it back.  So a
 * wake-up between the look and task_sleep() is not lost: schedule() finds the task runnable and
 * keeps it in line.  Signals count as wake-ups for the states that let them in; those that came
 * earlier are asked about before the switch.
 *
 * Locks: none. A task's state is changed by itself here, and by wakers under the run queue's lock;
 * itself, it only ever goes from running to sleeping or back while it runs.
 */
#include "abi/errno.h"
#include "lock/wait_queue.h"
#include "task/process.h"
#include "task/scheduler.h"
#include "task/timer.h"

void task_set_sleeping(unsigned state)
{
	assert(state != TASK_RUNNING);
	/* The sleeper says so *before* it looks at its condition: a wake-up that comes in between
	 * sets the state back, and task_sleep() then finds it runnable (lock/wait_queue.h). */
	write_once(current->state, state);
}

void task_set_running(void)
{
	write_once(current->state, TASK_RUNNING);
}

/* A signal that came before the state was set has woken nobody: so the sleeper asks, once. One that
 * comes after it finds the state, and wakes (signal_send.c). */
static bool signal_ends_sleep(const struct task *task)
{
	return (task->state & TASK_INTERRUPTIBLE && signal_pending(task)) ||
	       (task->state & (TASK_KILLABLE | TASK_STOPPED) && signal_pending_fatal(task));
}

int task_sleep(void)
{
	/* With interrupts off somebody up the stack holds a spinlock, and who would release it? */
	assert(interrupts_enabled());
	if (signal_ends_sleep(current)) {
		task_set_running();
		return -ERESTARTSYS;
	}
	schedule();
	return 0;
}

void task_yield_if_due(void)
{
	struct task *self = current;

	assert(interrupts_enabled() && self->state == TASK_RUNNING);
	if (!(read_once(self->work) & WORK_RESCHEDULE) && !scheduler_wants_preemption())
		return;
	__atomic_and_fetch(&self->work, ~WORK_RESCHEDULE, __ATOMIC_RELAXED);
	schedule();
}

/* ---- with a deadline ---- */

struct sleep_timer {
	struct timer timer;
	struct task *task;
};

/* From the timer interrupt.  The sleeper may be awake already, for another reason: then nothing. */
static void sleep_timer_function(struct timer *timer)
{
	task_wake(container_of(timer, struct sleep_timer, timer)->task, TASK_ANY_SLEEP);
}

int task_sleep_until(uint64_t deadline)
{
	struct sleep_timer sleep = { .timer.function = sleep_timer_function, .task = current };
	int error;

	if (deadline == ~0ULL)
		return task_sleep();
	if (clock_monotonic() >= deadline) {
		error = signal_ends_sleep(current) ? -ERESTARTSYS : -ETIMEDOUT;
		task_set_running();
		return error;
	}
	/* The timer lies on our stack: it is cancelled before the frame goes.  If it fires before
	 * task_sleep() looks, the state is TASK_RUNNING again, and the sleep is no sleep. */
	timer_arm(&sleep.timer, deadline);
	error = task_sleep();
	timer_cancel(&sleep.timer);
	return error;
}
