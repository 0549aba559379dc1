/* SPDX-License-Identifier: MIT */
/* clock_calls.c - which clocks there are, how fine, and that they go forward. */
#include "test.h"

#include <linux/time.h>

struct time { long seconds, nanoseconds; };

static void look(const char *name, int clock)
{
	struct time a = { -1, -1 }, b = { -1, -1 }, r = { -1, -1 };

	observe(text("%s_read", name), sys(SYS_clock_gettime, clock, &a));
	sys(SYS_clock_gettime, clock, &b);
	observe(text("%s_forward", name), b.seconds > a.seconds || (b.seconds == a.seconds &&
						      b.nanoseconds >= a.nanoseconds));
	observe(text("%s_resolution", name), sys(SYS_clock_getres, clock, &r));
	observe_number(text("%s_is", name), r.nanoseconds);
}

TEST
{
	struct time t, u;
	long seconds, zone[1] = { -1 };

	look("realtime", CLOCK_REALTIME);
	look("monotonic", CLOCK_MONOTONIC);
	look("process", CLOCK_PROCESS_CPUTIME_ID);
	look("thread", CLOCK_THREAD_CPUTIME_ID);
	look("raw", CLOCK_MONOTONIC_RAW);
	look("boottime", CLOCK_BOOTTIME);
	observe("unknown", sys(SYS_clock_gettime, 99, &t));
	observe("bad_pointer", sys(SYS_clock_gettime, CLOCK_MONOTONIC, 8));
	observe("resolution_no_pointer", sys(SYS_clock_getres, CLOCK_MONOTONIC, 0));
	observe("resolution_unknown", sys(SYS_clock_getres, 99, &t));
	observe("set_monotonic", sys(SYS_clock_settime, CLOCK_MONOTONIC, &t));
	t = (struct time){ 0, 1000000000 };
	observe("set_bad_time", sys(SYS_clock_settime, CLOCK_REALTIME, &t));
	observe("timeofday", sys(SYS_gettimeofday, &t, zone));
	sys(SYS_clock_gettime, CLOCK_REALTIME, &u);
	observe("same_clock", u.seconds - t.seconds <= 1);
	observe("zone", zone[0]);
	observe("time_both_ways", sys(SYS_time, &seconds) == seconds);
	observe("time_same_clock", seconds - u.seconds <= 1);
	observe("time_no_pointer", sys(SYS_time, 0) > 0);
	observe("time_bad_pointer", sys(SYS_time, 8));
	return 0;
}
