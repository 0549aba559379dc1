/* SPDX-License-Identifier: MIT */
/*
 * time.h - points and spans of time, and the clocks that they are of.
 */
#pragma once

#include <stdint.h>

struct timespec {
	int64_t tv_sec, tv_nsec;
};
struct timeval {
	int64_t tv_sec, tv_usec;
};
struct timezone {
	int32_t tz_minuteswest, tz_dsttime;
};
struct itimerval {
	struct timeval it_interval, it_value;
};
struct itimerspec {
	struct timespec it_interval, it_value;
};
struct tms { /* times(2), in ticks of 1/USER_HZ s */
	int64_t tms_utime, tms_stime, tms_cutime, tms_cstime;
};
struct utimbuf {
	int64_t actime, modtime;
};
#define USER_HZ 100

#define CLOCK_REALTIME           0
#define CLOCK_MONOTONIC          1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID  3
#define CLOCK_MONOTONIC_RAW      4
#define CLOCK_REALTIME_COARSE    5
#define CLOCK_MONOTONIC_COARSE   6
#define CLOCK_BOOTTIME           7
#define CLOCK_REALTIME_ALARM     8
#define CLOCK_BOOTTIME_ALARM     9
#define CLOCK_TAI                11
#define TIMER_ABSTIME            0x1
#define ITIMER_REAL              0
#define ITIMER_VIRTUAL           1
#define ITIMER_PROF              2
#define TFD_TIMER_ABSTIME        0x1
#define TFD_TIMER_CANCEL_ON_SET  0x2
#define TFD_CLOEXEC              0x80000
#define TFD_NONBLOCK             0x800
