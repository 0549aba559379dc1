/* SPDX-License-Identifier: MIT */
/*
 * clock.h - Linux's clocks on top of clock_monotonic() (arch/arch.h).
 *
 * CLOCK_REALTIME is the monotonic clock plus one offset, read from the RTC at boot and moved by
 * settimeofday: time never jumps for sleepers that count monotonic nanoseconds.
 *
 * Units: everything inside the kernel is uint64_t nanoseconds; timespec and timeval exist only at
 * the border, and are checked when they come in. CLOCK_FAR lets sums of a time and a span be made
 * without a check for overflow.
 */
#pragma once

#include "abi/time.h"
#include "lib/types.h"

#define NANOSECONDS 1000000000UL
#define CLOCK_FAR   (~0UL >> 1) /* spans and deadlines are cut here: 292 years, sums cannot wrap */

uint64_t clock_realtime(void); /* nanoseconds since 1970 */
void clock_realtime_set(uint64_t nanoseconds);
/* From now on `page` says how programs can read both clocks; for good. */
struct vdso_data;
void clock_show(struct vdso_data *page);
struct timespec timespec_of(uint64_t nanoseconds);
struct timeval timeval_of(uint64_t nanoseconds);
/* -EINVAL for negative or >= 1 s of nanoseconds; far futures become CLOCK_FAR. */
int timespec_to_nanoseconds(const struct timespec *from, uint64_t *to);
int timespec_read(user_address from, uint64_t *nanoseconds); /* also -EFAULT */
int timeval_to_nanoseconds(const struct timeval *from, uint64_t *to); /* -EINVAL */
uint64_t clock_deadline(uint64_t span); /* clock_monotonic() `span` from now, at most CLOCK_FAR */
/* Upward step: drivers/rtc.c. Seconds since 1970; 0: no clock. */
uint64_t rtc_read(void);
