/* SPDX-License-Identifier: MIT */
/*
 * clock.h - Linux's clocks on top of clock_monotonic() (arch/arch.h).
 *
 * CLOCK_REALTIME is the monotonic clock plus one offset, read from the RTC at boot and moved by
 * settimeofday: time never jumps for sleepers that count monotonic nanoseconds.
 */
#pragma once

#include "abi/time.h"
#include "lib/types.h"

#define NANOSECONDS 1000000000UL

uint64_t clock_realtime(void); /* nanoseconds since 1970 */
void clock_realtime_set(uint64_t nanoseconds);
struct timespec timespec_of(uint64_t nanoseconds);
/* -EINVAL for negative or >= 1 s of nanoseconds; saturates far futures to ~0. */
int timespec_to_nanoseconds(const struct timespec *from, uint64_t *to);
int timespec_read(user_address from, uint64_t *nanoseconds); /* also -EFAULT */
/* Upward step: drivers/rtc.c. Seconds since 1970; 0: no clock. */
uint64_t rtc_read(void);
