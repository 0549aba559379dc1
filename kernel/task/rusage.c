/* SPDX-License-Identifier: MIT */
/*
 * rusage.c - what a process used up: getrusage(2), times(2), and the clocks of its processor time.
 *
 * Sums are kept in nanoseconds (process.h); user and system time are measured, not sampled.
 *
 * RUSAGE_THREAD is RUSAGE_SELF while a process has one task. Fields that nobody measures are 0, as
 * Linux leaves them (getrusage(2), "unmaintained"). times(2) returns clock ticks since an
 * arbitrary point in the past: since boot here.
 */
#include "task/rusage.h"
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/clock.h"

void rusage_fill(struct rusage *to, const struct rusage_sums *sums)
{
	*to = (struct rusage){
		.ru_utime = timeval_of(sums->user_time),
		.ru_stime = timeval_of(sums->system_time),
		.ru_maxrss = (int64_t)(sums->peak_resident * (PAGE_SIZE / 1024)),
		.ru_minflt = (int64_t)sums->minor_faults,
		.ru_majflt = (int64_t)sums->major_faults,
		.ru_nvcsw = (int64_t)sums->voluntary_switches,
		.ru_nivcsw = (int64_t)sums->involuntary_switches,
	};
}

static void sums_of_current(int who, struct rusage_sums *sums)
{
	struct process *self = current_process();
	uint64_t flags = spinlock_acquire(&process_tree_lock);

	if (who == RUSAGE_CHILDREN)
		*sums = self->children_sums;
	else
		process_times(self, sums);
	spinlock_release(&process_tree_lock, flags);
	if (who != RUSAGE_CHILDREN)
		/* Outside of the lock: only our own space is looked at, and it cannot go away. */
		sums->peak_resident =
			max(sums->peak_resident, address_space_peak(current->space));
}

long sys_getrusage(int who, user_address to)
{
	struct rusage_sums sums;
	struct rusage rusage;

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	sums_of_current(who, &sums);
	rusage_fill(&rusage, &sums);
	return user_put(to, &rusage, sizeof(rusage));
}

static int64_t clock_ticks(uint64_t nanoseconds)
{
	return (int64_t)(nanoseconds / (NANOSECONDS / USER_HZ));
}

long sys_times(user_address to)
{
	struct rusage_sums own, children;
	struct tms tms;

	if (to) {
		sums_of_current(RUSAGE_SELF, &own);
		sums_of_current(RUSAGE_CHILDREN, &children);
		tms = (struct tms){
			.tms_utime = clock_ticks(own.user_time),
			.tms_stime = clock_ticks(own.system_time),
			.tms_cutime = clock_ticks(children.user_time),
			.tms_cstime = clock_ticks(children.system_time),
		};
		if (user_put(to, &tms, sizeof(tms)))
			return -EFAULT;
	}
	return clock_ticks(clock_monotonic());
}
