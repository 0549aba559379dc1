/* SPDX-License-Identifier: MIT */
/* clock_setting.c - sleeps while somebody sets the clock: which of them are longer or shorter then. */
#include "test.h"

#define REALTIME 0
#define MONOTONIC 1
#define ABSOLUTE 1 /* TIMER_ABSTIME */
#define MS 1000000L

struct time { long seconds, nanoseconds; };

static long now(int clock)
{
	struct time time;

	sys(SYS_clock_gettime, clock, &time);
	return time.seconds * 1000 * MS + time.nanoseconds;
}

static struct time time_of(long nanoseconds)
{
	return (struct time){ nanoseconds / (1000 * MS), nanoseconds % (1000 * MS) };
}

/* Milliseconds that a sleep of 200 takes when after 50 the clock is moved on by so many. */
static long slept(int clock, int flags, long moved)
{
	long pid, start = now(MONOTONIC), took;
	struct time until = time_of((flags ? now(clock) : 0) + 200 * MS), nap = time_of(50 * MS);

	pid = sys(SYS_fork);
	if (pid == 0) {
		struct time set;

		sys(SYS_nanosleep, &nap, 0);
		set = time_of(now(REALTIME) + moved * MS);
		sys(SYS_exit, sys(SYS_clock_settime, REALTIME, &set) ? 1 : 0);
	}
	sys(SYS_clock_nanosleep, clock, flags, &until, 0);
	took = (now(MONOTONIC) - start) / MS;
	sys(SYS_wait4, pid, 0, 0, 0);
	return took;
}

static void observe_sleep(const char *key, int clock, int flags, long moved)
{
	observe(key, (slept(clock, flags, moved) + 15) / 50 * 50);
}

TEST
{
	observe_sleep("absolute_forward", REALTIME, ABSOLUTE, 100);
	observe_sleep("absolute_past", REALTIME, ABSOLUTE, 5000);
	observe_sleep("absolute_back", REALTIME, ABSOLUTE, -100);
	observe_sleep("relative_forward", REALTIME, 0, 5000);
	observe_sleep("relative_back", REALTIME, 0, -5000);
	observe_sleep("monotonic_forward", MONOTONIC, ABSOLUTE, 5000);
	observe_sleep("monotonic_back", MONOTONIC, ABSOLUTE, -5000);
	return 0;
}
