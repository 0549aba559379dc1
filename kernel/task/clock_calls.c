/* SPDX-License-Identifier: MIT */
/*
 * clock_calls.c - reading and setting clocks: clock_gettime(2), clock_getres(2), clock_settime(2),
 * gettimeofday(2), settimeofday(2), time(2).
 *
 * A clock is known by a number: small ones are listed below; negative ones are the processor time
 * of a process or thread, with its number in the upper bits (clock_getcpuclockid(3)).
 *
 * Errors: EINVAL for a clock that is not there - and for one that cannot be set, since only
 * CLOCK_REALTIME can; EPERM without CAP_SYS_TIME, after the arguments have been looked at, and for
 * whatever measures processor time; EFAULT.
 * Times of processors are exact to the switch, as the scheduler measures them (scheduler.c).
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/credentials.h"
#include "task/process.h"

#define RESOLUTION_FINE	  1
#define RESOLUTION_COARSE 4000000 /* Linux's tick; ours is as fine as the other clock */

/* The parts of a negative clock number. */
#define CPU_CLOCK_NUMBER(clock) (~(clock) >> 3)
#define CPU_CLOCK_THREAD 4
#define CPU_CLOCK_KIND	 3 /* 0 user + system by ticks, 1 user, 2 exact; 3 is a descriptor */
#define CPU_CLOCK_EXACT	 2
/* Seconds: Linux leaves room for 30 years of uptime. */
#define SET_MOST (CLOCK_FAR / NANOSECONDS - 30 * 365 * 24 * 3600UL)

static uint64_t process_run_time(struct process *process)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct rusage_sums sums;

	process_times(process, &sums);
	spinlock_release(&process_tree_lock, flags);
	return sums.user_time + sums.system_time;
}

static int cpu_clock_of_task(struct task *task, bool thread, bool user_only, uint64_t *now)
{
	/* Threads of others have no clock to read: EINVAL, as posix_cpu_clock_get() answers. */
	if (thread && task->process != current_process())
		return -EINVAL;
	if (user_only)
		*now = task_user_time(task);
	else
		*now = thread ? task_run_time(task) : process_run_time(task->process);
	return 0;
}

static int cpu_clock_read(int clock, uint64_t *now)
{
	int number = CPU_CLOCK_NUMBER(clock), error;
	struct task *task;

	if ((clock & CPU_CLOCK_KIND) == CPU_CLOCK_KIND)
		return -EINVAL;
	task = task_find(number ? number : current->tid);
	if (!task)
		return -EINVAL;
	error = cpu_clock_of_task(task, clock & CPU_CLOCK_THREAD, (clock & CPU_CLOCK_KIND) == 1,
				  now);
	task_put(task);
	return error;
}

static int clock_read(int clock, uint64_t *now)
{
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_TAI:
		*now = clock_realtime();
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		*now = clock_monotonic();
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		*now = process_run_time(current_process());
		return 0;
	case CLOCK_THREAD_CPUTIME_ID:
		*now = task_run_time(current);
		return 0;
	default:
		return clock < 0 ? cpu_clock_read(clock, now) : -EINVAL;
	}
}

long sys_clock_gettime(int clock, user_address to)
{
	struct timespec timespec;
	uint64_t now;
	int error = clock_read(clock, &now);

	if (error)
		return error;
	timespec = timespec_of(now);
	return user_put(to, &timespec, sizeof(timespec));
}

long sys_clock_getres(int clock, user_address to)
{
	bool coarse = clock == CLOCK_REALTIME_COARSE || clock == CLOCK_MONOTONIC_COARSE ||
		      (clock < 0 && (clock & CPU_CLOCK_KIND) != CPU_CLOCK_EXACT);
	struct timespec timespec = timespec_of(coarse ? RESOLUTION_COARSE : RESOLUTION_FINE);
	uint64_t now;
	int error = clock_read(clock, &now);

	/* A null pointer asks only whether the clock exists. */
	if (error || !to)
		return error;
	return user_put(to, &timespec, sizeof(timespec));
}

/* In Linux's order (do_sys_settimeofday64()): the time, then the right, then what else is wrong. */
static int realtime_set(uint64_t nanoseconds)
{
	if (nanoseconds / NANOSECONDS >= SET_MOST)
		return -EINVAL;
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	/* Linux's timekeeping refuses what would put the boot before the epoch. */
	if (nanoseconds < clock_monotonic()) /* booted before 1970? */
		return -EINVAL;
	clock_realtime_set(nanoseconds);
	sleepers_look_again();
	return 0;
}

long sys_clock_settime(int clock, user_address from)
{
	uint64_t nanoseconds;
	int error;

	if (clock != CLOCK_REALTIME && clock >= 0)
		return -EINVAL;
	error = timespec_read(from, &nanoseconds);
	if (error)
		return error;
	if (clock == CLOCK_REALTIME)
		return realtime_set(nanoseconds);
	error = cpu_clock_read(clock, &nanoseconds);
	return error ? error : -EPERM; /* nobody may set a clock of processor time */
}

long sys_gettimeofday(user_address time, user_address zone)
{
	struct timeval timeval = timeval_of(clock_realtime());
	struct timezone utc = { 0 };

	if (time && (user_put_number(time, &timeval.tv_sec, sizeof(timeval.tv_sec)) ||
		     user_put_number(time + offsetof(struct timeval, tv_usec), &timeval.tv_usec,
				     sizeof(timeval.tv_usec))))
		return -EFAULT;
	if (zone && user_put(zone, &utc, sizeof(utc)))
		return -EFAULT;
	return 0;
}

#define ZONE_MINUTES_MAX (15 * 60) /* from Greenwich */

/* The microseconds alone: -EINVAL.  What is wrong with the seconds is seen later. */
static int timeval_check(const struct timeval *timeval)
{
	return (uint64_t)timeval->tv_usec >= 1000000 ? -EINVAL : 0;
}

/* The kernel keeps no time zone: one that is given is read, checked and forgotten.  Order of errors
 * as in Linux's settimeofday: both are read, then the time is checked, the right, the zone. */
long sys_settimeofday(user_address time, user_address zone)
{
	struct timeval timeval;
	struct timezone own = { 0 };
	uint64_t nanoseconds = 0;

	if (time && user_get(&timeval, time, sizeof(timeval)))
		return -EFAULT;
	if (time && timeval_check(&timeval))
		return -EINVAL;
	if (zone && user_get(&own, zone, sizeof(own)))
		return -EFAULT;
	if (time && (timeval_to_nanoseconds(&timeval, &nanoseconds) ||
		     nanoseconds / NANOSECONDS >= SET_MOST))
		return -EINVAL;
	if (!capable(CAP_SYS_TIME))
		return -EPERM;
	if (own.tz_minuteswest > ZONE_MINUTES_MAX || own.tz_minuteswest < -ZONE_MINUTES_MAX)
		return -EINVAL;
	return time ? realtime_set(nanoseconds) : 0;
}

long sys_time(user_address to)
{
	int64_t seconds = (int64_t)(clock_realtime() / NANOSECONDS);

	if (to && user_put_number(to, &seconds, sizeof(seconds)))
		return -EFAULT;
	return seconds;
}
