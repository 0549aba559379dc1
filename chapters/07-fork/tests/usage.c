/* SPDX-License-Identifier: MIT */
/* usage.c - processor time: of oneself, of children that were waited for, and by times(2). */
#include "test.h"

struct usage { long user_s, user_us, system_s, system_us, most[14]; };
struct time { long seconds, nanoseconds; };

static long processor_time(void)
{
	struct time t;

	sys(SYS_clock_gettime, 2, &t);
	return t.seconds * 1000000000 + t.nanoseconds;
}

static void compute(long nanoseconds)
{
	long end = processor_time() + nanoseconds;

	while (processor_time() < end)
		;
}

static long total(const struct usage *u)
{
	return (u->user_s + u->system_s) * 1000000 + u->user_us + u->system_us;
}

TEST
{
	struct usage self, children, waited;
	long times[4], nap[2] = { 0, 30000000 }, before, pid;

	compute(30000000);
	observe("self", sys(SYS_getrusage, 0, &self));
	observe("self_counts", total(&self) >= 25000);
	before = processor_time();
	sys(SYS_nanosleep, nap, 0);
	observe("sleep_is_free", processor_time() - before < 15000000);
	sys(SYS_getrusage, -1, &children);
	observe("no_children", total(&children));
	pid = sys(SYS_fork);
	if (pid == 0) {
		observe("child_starts_anew", processor_time() < 20000000);
		compute(30000000);
		sys(SYS_exit, 0);
	}
	sys(SYS_wait4, pid, 0, 0, &waited);
	observe("waited_counts", total(&waited) >= 25000);
	sys(SYS_getrusage, -1, &children);
	observe("children_counts", total(&children) >= 25000);
	observe("times", sys(SYS_times, times) != 0);
	observe("times_self", times[0] + times[1] >= 2);
	observe("times_children", times[2] + times[3] >= 2);
	observe("bad_who", sys(SYS_getrusage, 5, &self));
	observe("bad_pointer", sys(SYS_getrusage, 0, 8));
	return 0;
}
