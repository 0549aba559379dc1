/* SPDX-License-Identifier: MIT */
/* clock_rights.c - who may not set which clock, and which of several errors comes first; and how
 * fine clocks are. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MOST 8277292036L /* seconds: what leaves room for thirty years more */
#define CPU(pid, kind) (int)(~(unsigned)(pid) << 3 | (kind))

static void resolution(const char *key, int clock)
{
	struct timespec time = { 7, 7 };

	observe(key, sys(SYS_clock_getres, clock, &time));
	observe_number(text("%s_nanoseconds", key), time.tv_nsec);
}

static void settime(const char *key, int clock, long seconds)
{
	struct timespec time = { seconds, 0 };

	observe(key, sys(SYS_clock_settime, clock, &time));
}

static void settimeofday_(const char *key, long seconds, long micro, void *zone)
{
	struct timeval time = { seconds, micro };

	observe(key, sys(SYS_settimeofday, &time, zone));
}

TEST
{
	struct timezone zone = { 10000, 0 }, good = { 60, 0 };

	resolution("ticks", CPU(0, 0));
	resolution("user", CPU(0, 1));
	resolution("exact", CPU(0, 2));
	resolution("thread", CPU(0, 6));
	resolution("descriptor", CPU(0, 3));
	resolution("process", CLOCK_PROCESS_CPUTIME_ID);
	resolution("nobody", CPU(4000000, 2));
	setresuid(1000, 1000, 1000);
	settime("set", CLOCK_REALTIME, 1);
	settime("negative", CLOCK_REALTIME, -1);
	settime("latest", CLOCK_REALTIME, MOST - 1);
	settime("too_late", CLOCK_REALTIME, MOST);
	settime("monotonic", CLOCK_MONOTONIC, 1);
	settime("own_processor_time", CPU(0, 2), 1);
	settime("nobodys_processor_time", CPU(4000000, 2), 1);
	observe("processor_time_nowhere", sys(SYS_clock_settime, CPU(0, 2), 8));
	observe("monotonic_nowhere", sys(SYS_clock_settime, CLOCK_MONOTONIC, 8));
	observe("neither", sys(SYS_settimeofday, 0, 0));
	observe("zone", sys(SYS_settimeofday, 0, &good));
	observe("bad_zone", sys(SYS_settimeofday, 0, &zone));
	settimeofday_("time_and_bad_zone", 1, 0, &zone);
	settimeofday_("time_and_zone_nowhere", 1, 0, (void *)8);
	settimeofday_("negative_and_zone_nowhere", -1, 0, (void *)8);
	settimeofday_("micro_and_zone_nowhere", 1, 1000001, (void *)8);
	settimeofday_("million_and_zone_nowhere", 1, 1000000, (void *)8);
	settimeofday_("million", 1, 1000000, NULL);
	settimeofday_("day_latest", MOST - 1, 999999, NULL);
	settimeofday_("day_too_late", MOST, 0, NULL);
	return 0;
}
