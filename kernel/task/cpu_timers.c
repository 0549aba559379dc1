/* SPDX-License-Identifier: MIT */
/*
 * cpu_timers.c - timers and limits that count a process's time on the processor: ITIMER_VIRTUAL
 * (in user mode: SIGVTALRM), ITIMER_PROF (all: SIGPROF), RLIMIT_CPU (all: SIGXCPU at the soft limit
 * and each second after it, SIGKILL at the hard one).
 *
 * No tick counts.  `left` is how long the process may run until the earliest of them can be due,
 * since user time is a part of all; the scheduler takes off what its tasks have run, and sets its
 * kernel timer for the rest when one of them comes in.  When that goes off, cpu_timers_look() adds
 * up exactly, sends what is due, and computes `left` anew.  A process that has set nothing pays for
 * a test at each switch; one that sleeps, nothing.
 *
 * What is due is looked at once a millisecond at most (GRAIN): so a signal may come so much late,
 * where Linux's come by its tick, up to 4 ms late.  An interval stays in step with the first
 * deadline; of several that were missed one signal is sent.
 *
 * Set by setitimer(2) and prlimit(2); a child inherits the limit but no timer, exec changes
 * neither.
 *
 * Locks: all fields change with interrupts off only; process_tree_lock for the sums.
 */
#include "abi/time.h"
#include "task/cpu_timers.h"

#include "task/clock.h"
#include "task/process.h"
#include "task/scheduler.h"
#include "task/signal.h"

#define GRAIN 1000000ULL /* nanoseconds */
#define NEVER (1ULL << 62)  /* nanoseconds; still a deadline when it is added to any time */

static void sums_of(struct process *process, struct rusage_sums *sums)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);

	process_times(process, sums);
	spinlock_release(&process_tree_lock, flags);
}

static uint64_t until(uint64_t deadline, uint64_t now)
{
	return deadline > now ? deadline - now : 0;
}

static uint64_t seconds(uint64_t limit)
{
	return limit < NEVER / NANOSECONDS ? limit * NANOSECONDS : NEVER;
}

/* Both limits count only while there is a soft one, as on Linux. */
static uint64_t limit_left(const struct process *process, uint64_t total)
{
	const struct rlimit *limit = &process->limits[RLIMIT_CPU];

	if (limit->rlim_cur == RLIM_INFINITY)
		return NEVER;
	return until(min(seconds(limit->rlim_cur), seconds(limit->rlim_max)), total);
}

/* Computes `left`, and says so if the process runs now. */
static void timers_start(struct process *process, const struct rusage_sums *sums)
{
	struct cpu_timers *timers = &process->cpu_timers;
	uint64_t total = sums->user_time + sums->system_time;
	uint64_t left = limit_left(process, total);

	assert(!interrupts_enabled());
	if (timers->user.deadline)
		left = min(left, until(timers->user.deadline, sums->user_time));
	if (timers->total.deadline)
		left = min(left, until(timers->total.deadline, total));
	timers->active = left != NEVER;
	timers->left = max(left, GRAIN);
	if (timers->active && process == current->process)
		scheduler_watch(timers->left);
}

static bool timer_due(struct cpu_clock_timer *timer, uint64_t now)
{
	uint64_t late;

	if (!timer->deadline || now < timer->deadline)
		return false;
	late = timer->interval ? (now - timer->deadline) / timer->interval : 0;
	timer->deadline = timer->interval ? timer->deadline + (late + 1) * timer->interval : 0;
	return true;
}

/* The soft limit itself moves on by a second, which getrlimit(2) shows, as on Linux. */
static void limit_enforce(struct process *process, uint64_t total)
{
	struct rlimit *limit = &process->limits[RLIMIT_CPU];
	uint64_t flags;
	int signal = 0;

	flags = spinlock_acquire(&process->signal_lock);
	if (limit->rlim_cur != RLIM_INFINITY && total >= seconds(limit->rlim_max)) {
		signal = SIGKILL;
	} else if (limit->rlim_cur != RLIM_INFINITY && total >= seconds(limit->rlim_cur)) {
		limit->rlim_cur++;
		signal = SIGXCPU;
	}
	spinlock_release(&process->signal_lock, flags);
	if (signal)
		signal_send_process(process, signal, NULL);
}

void cpu_timers_look(struct process *process)
{
	struct cpu_timers *timers = &process->cpu_timers;
	struct rusage_sums sums;

	assert(process == current->process && timers->active);
	sums_of(process, &sums);
	if (timer_due(&timers->user, sums.user_time))
		signal_send_process(process, SIGVTALRM, NULL);
	if (timer_due(&timers->total, sums.user_time + sums.system_time))
		signal_send_process(process, SIGPROF, NULL);
	limit_enforce(process, sums.user_time + sums.system_time);
	timers_start(process, &sums);
}

static struct cpu_clock_timer *timer_and_clock(int which, const struct rusage_sums *sums,
					       uint64_t *now)
{
	struct cpu_timers *timers = &current_process()->cpu_timers;

	assert(which == ITIMER_VIRTUAL || which == ITIMER_PROF);
	*now = sums->user_time + (which == ITIMER_PROF ? sums->system_time : 0);
	return which == ITIMER_PROF ? &timers->total : &timers->user;
}

void cpu_timer_get(int which, uint64_t *left, uint64_t *interval)
{
	struct cpu_clock_timer *timer;
	struct rusage_sums sums;
	uint64_t now;

	sums_of(current_process(), &sums);
	timer = timer_and_clock(which, &sums, &now);
	*interval = timer->interval;
	/* Due, and not looked at yet: 0 would mean "not set". */
	*left = timer->deadline ? max(until(timer->deadline, now), GRAIN) : 0;
}

void cpu_timer_set(int which, uint64_t span, uint64_t interval)
{
	uint64_t now, flags = interrupts_save();
	struct process *self = current_process();
	struct cpu_clock_timer *timer;
	struct rusage_sums sums;

	sums_of(self, &sums);
	timer = timer_and_clock(which, &sums, &now);
	timer->interval = interval;
	if (span == 0 || __builtin_add_overflow(now, span, &timer->deadline))
		timer->deadline = 0;
	timers_start(self, &sums);
	interrupts_restore(flags);
}

void cpu_limit_changed(struct process *process)
{
	uint64_t flags = interrupts_save();
	struct rusage_sums sums;

	sums_of(process, &sums);
	timers_start(process, &sums);
	interrupts_restore(flags);
}

void cpu_timers_exit(struct process *process)
{
	process->cpu_timers.active = false;
}
