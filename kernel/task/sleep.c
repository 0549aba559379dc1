/* SPDX-License-Identifier: MIT */
/*
 * sleep.c - nanosleep(2) and clock_nanosleep(2).
 *
 * A sleep is until a point on some clock, and so until a deadline of the monotonic clock, which is
 * computed anew whenever the real time was set: all that sleep wait for that, too.  A relative one
 * that a signal interrupts is taken up again by restart_syscall(2) with the *same* deadline when no
 * handler ran (SIGSTOP and SIGCONT), and answers EINTR and what was left when one did.
 *
 * Errors: EINTR, EFAULT, EINVAL (time or clock), EOPNOTSUPP for clocks that exist but that one
 * cannot sleep by. Why the same deadline: counting the rest anew at each stop would let a sleep
 * drift by the time that its restarts take (clock_nanosleep(2), NOTES on nanosleep's drift).
 *
 * An absolute sleep is restarted by making the same call again, since its arguments still hold.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/process.h"

/* task->restart_data: */
enum { SLEEP_DEADLINE, SLEEP_REMAINING };

static struct wait_queue sleepers = WAIT_QUEUE_INIT(sleepers); /* for when the clock is set */

void sleepers_look_again(void)
{
	wait_queue_wake_all(&sleepers, 0);
}

/* A point on that clock as one on the monotonic clock. */
static uint64_t deadline_of(int clock, uint64_t point)
{
	uint64_t offset = 0;

	if (clock == CLOCK_REALTIME || clock == CLOCK_TAI)
		offset = clock_realtime() - clock_monotonic();
	return point > offset ? point - offset : 0;
}

/* 0 when that time has come, -ERESTARTSYS when a signal came first. */
static int sleep_until(int clock, uint64_t point)
{
	struct waiter waiter;
	bool time_is_up;
	int error;

	waiter_init(&waiter);
	wait_queue_add(&sleepers, &waiter);
	do {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		error = task_sleep_until(deadline_of(clock, point));
		time_is_up = clock_monotonic() >= deadline_of(clock, point);
	} while (!time_is_up && error != -ERESTARTSYS);
	wait_queue_remove(&waiter);
	/* If time is up as well, the sleep has done what it was asked: no EINTR. */
	return time_is_up ? 0 : -ERESTARTSYS;
}

static int remaining_write(user_address to, uint64_t deadline)
{
	uint64_t now = clock_monotonic();
	struct timespec left = timespec_of(deadline > now ? deadline - now : 0);

	return to ? user_put(to, &left, sizeof(left)) : 0;
}

static long sleep_relative(struct task *task)
{
	uint64_t deadline = task->restart_data[SLEEP_DEADLINE];

	if (sleep_until(CLOCK_MONOTONIC, deadline) == 0)
		return 0;
	/* Also when it will be restarted: nobody knows yet whether a handler runs. */
	if (remaining_write(task->restart_data[SLEEP_REMAINING], deadline))
		return -EFAULT;
	task->restart = sleep_relative;
	return -ERESTART_RESTARTBLOCK;
}

static long sleep_for(uint64_t nanoseconds, user_address remaining)
{
	current->restart_data[SLEEP_DEADLINE] = clock_deadline(nanoseconds);
	current->restart_data[SLEEP_REMAINING] = remaining;
	return sleep_relative(current);
}

long sys_nanosleep(user_address request, user_address remaining)
{
	uint64_t nanoseconds;
	int error = timespec_read(request, &nanoseconds);

	return error ? error : sleep_for(nanoseconds, remaining);
}

/* 0 for a clock that one can sleep by. */
static int clock_check(int clock)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_BOOTTIME_ALARM:
		return -EOPNOTSUPP;
	default:
		return -EINVAL;
	}
}

long sys_clock_nanosleep(int clock, int flags, user_address request, user_address remaining)
{
	uint64_t nanoseconds;
	int error = clock_check(clock);

	if (!error)
		error = timespec_read(request, &nanoseconds);
	if (error)
		return error;
	if (!(flags & TIMER_ABSTIME))
		return sleep_for(nanoseconds, remaining);
	return sleep_until(clock, nanoseconds) ? -ERESTARTNOHAND : 0;
}

/* The signal code makes the program call this; what it goes on with is in the task. */
long sys_restart_syscall(void)
{
	long (*restart)(struct task *) = current->restart;

	current->restart = NULL;
	return restart ? restart(current) : -EINTR;
}
