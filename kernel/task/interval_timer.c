/* SPDX-License-Identifier: MIT */
/*
 * interval_timer.c - alarm(2), getitimer(2), setitimer(2), and ITIMER_REAL itself: SIGALRM when
 * real time has passed, once or again and again.  Timers of processor time are in cpu_timers.c.
 *
 * The timer lives with the process, is made when first set, and freed at the process's end.  Its
 * function runs in the timer interrupt and only sends the signal and sets itself anew.
 *
 * `interval` and `deadline` change with interrupts off only.
 *
 * Errors: EINVAL for an unknown timer or microseconds out of range, EFAULT, ENOMEM (only at the
 * first use; Linux has its timer ready and cannot fail). A timer survives exec and is not inherited
 * by fork (setitimer(2)).
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/cpu_timers.h"
#include "task/signal.h"
#include "task/timer.h"

struct real_timer {
	struct timer timer;
	struct process *process;
	uint64_t interval; /* nanoseconds, 0: once */
};

static void real_timer_function(struct timer *timer)
{
	struct real_timer *real = container_of(timer, struct real_timer, timer);
	uint64_t now = clock_monotonic(), late;

	assert(!interrupts_enabled());
	/* One SIGALRM is pending at most: a program that is late sees one, not as many as were
	 * due. */
	signal_send_process(real->process, SIGALRM, NULL);
	if (real->interval) { /* in step with the first deadline, whatever was missed */
		late = (now - timer->deadline) / real->interval;
		timer_arm(timer, timer->deadline + (late + 1) * real->interval);
	}
}

/* What is left (0: not armed), and the interval. */
static void real_timer_get(const struct real_timer *real, uint64_t *left, uint64_t *interval)
{
	uint64_t now = clock_monotonic();

	*left = *interval = 0;
	if (!real || !real->timer.armed)
		return;
	*interval = real->interval;
	/* Due, but its interrupt has not come yet: 0 would mean "not armed", so a microsecond is
	 * left. */
	*left = real->timer.deadline > now ? real->timer.deadline - now : 1000;
}

static struct real_timer *real_timer_create(struct process *process)
{
	struct real_timer *real = kzalloc(sizeof(*real));

	if (real) {
		real->timer.function = real_timer_function;
		real->process = process;
		process->real_timer = real;
	}
	return real;
}

static int real_timer_set(uint64_t span, uint64_t interval)
{
	struct real_timer *real = current_process()->real_timer;
	uint64_t flags;

	if (!real && span == 0)
		return 0;
	if (!real)
		real = real_timer_create(current_process());
	if (!real)
		return -ENOMEM;
	flags = interrupts_save();
	timer_cancel(&real->timer);
	real->interval = interval;
	if (span)
		timer_arm(&real->timer, clock_deadline(span));
	interrupts_restore(flags);
	return 0;
}

void process_timers_exit(struct process *process)
{
	struct real_timer *real = process->real_timer;

	cpu_timers_exit(process);
	if (!real)
		return;
	timer_cancel(&real->timer);
	process->real_timer = NULL;
	kfree(real);
}

/* ---- the calls ---- */

static void timer_get(int which, uint64_t *left, uint64_t *interval)
{
	if (which == ITIMER_REAL)
		real_timer_get(current_process()->real_timer, left, interval);
	else
		cpu_timer_get(which, left, interval);
}

static int timer_set(int which, uint64_t span, uint64_t interval)
{
	if (which == ITIMER_REAL)
		return real_timer_set(span, interval);
	cpu_timer_set(which, span, interval);
	return 0;
}

long sys_getitimer(int which, user_address to)
{
	struct itimerval value;
	uint64_t left, interval;

	if (which < ITIMER_REAL || which > ITIMER_PROF)
		return -EINVAL;
	timer_get(which, &left, &interval);
	value = (struct itimerval){ .it_value = timeval_of(left),
				    .it_interval = timeval_of(interval) };
	return user_put(to, &value, sizeof(value));
}

long sys_setitimer(int which, user_address from, user_address old)
{
	struct itimerval value = { 0 }, before;
	uint64_t span, interval, left_before, interval_before;
	int error;

	if (from && user_get(&value, from, sizeof(value)))
		return -EFAULT;
	if (timeval_to_nanoseconds(&value.it_value, &span) ||
	    timeval_to_nanoseconds(&value.it_interval, &interval) || which < ITIMER_REAL ||
	    which > ITIMER_PROF)
		return -EINVAL;
	timer_get(which, &left_before, &interval_before);
	error = timer_set(which, span, interval);
	if (error || !old)
		return error;
	before = (struct itimerval){ .it_value = timeval_of(left_before),
				     .it_interval = timeval_of(interval_before) };
	return user_put(old, &before, sizeof(before));
}

/* Whole seconds, rounded; but what is still to come is never 0. */
long sys_alarm(unsigned seconds)
{
	uint64_t left, interval, rounded;
	int error;

	real_timer_get(current_process()->real_timer, &left, &interval);
	error = real_timer_set(seconds * NANOSECONDS, 0);
	if (error)
		return error;
	rounded = (left + NANOSECONDS / 2) / NANOSECONDS;
	return left && !rounded ? 1 : (long)rounded;
}
