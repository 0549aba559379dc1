/* SPDX-License-Identifier: MIT */
/* sleep_calls.c - nanosleep and clock_nanosleep: at least as long, and their errors. */
#include "test.h"

#include <linux/time.h>

struct time { long seconds, nanoseconds; };

static long now(void)
{
	struct time t;

	sys(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
	return t.seconds * 1000000000 + t.nanoseconds;
}

static long try(long seconds, long nanoseconds)
{
	struct time t = { seconds, nanoseconds };

	return sys(SYS_nanosleep, &t, 0);
}

static long try_clock(int clock, long seconds, long nanoseconds)
{
	struct time t = { seconds, nanoseconds };

	return sys(SYS_clock_nanosleep, clock, 0, &t, 0);
}

/* The alarm comes at every moment from long before the processor is given away until after it. */
static long short_naps(void)
{
	long good = 0;

	for (long length = 20; length <= 20000; length += 20)
		good += try(0, length) == 0;
	return good;
}

TEST
{
	long before = now();
	struct time t;

	observe("nap", try(0, 20000000));
	observe("long_enough", now() - before >= 20000000);
	observe("zero", try(0, 0));
	observe("negative_seconds", try(-1, 0));
	observe("negative_nanoseconds", try(0, -1));
	observe("too_many_nanoseconds", try(0, 1000000000));
	observe("bad_pointer", sys(SYS_nanosleep, 8, 0));
	observe("clock_realtime", try_clock(CLOCK_REALTIME, 0, 1000));
	observe("clock_boottime", try_clock(CLOCK_BOOTTIME, 0, 1000));
	observe("clock_unknown", try_clock(77, 0, 1000));
	observe("clock_raw", try_clock(CLOCK_MONOTONIC_RAW, 0, 1000));
	observe("clock_coarse", try_clock(CLOCK_MONOTONIC_COARSE, 0, 1000));
	observe("clock_thread", try_clock(CLOCK_THREAD_CPUTIME_ID, 0, 1000));
	observe("clock_bad_time", try_clock(CLOCK_MONOTONIC, 0, 1000000000));
	observe("short_naps", short_naps());
	before = now();
	t.seconds = (before + 20000000) / 1000000000;
	t.nanoseconds = (before + 20000000) % 1000000000;
	observe("absolute", sys(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0));
	observe("absolute_long_enough", now() - before >= 20000000);
	observe("absolute_past", sys(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &t, 0));
	return 0;
}
