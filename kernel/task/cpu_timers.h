/* SPDX-License-Identifier: MIT */
/*
 * cpu_timers.h - ITIMER_VIRTUAL and ITIMER_PROF (setitimer(2)) for the calls of interval_timer.c.
 */
#pragma once

#include "lib/types.h"

struct process;

/* `which`: ITIMER_VIRTUAL or ITIMER_PROF, of the current process.  What is left (0: not set) and
 * the interval; a time from now on, 0: none.  Nanoseconds. */
void cpu_timer_get(int which, uint64_t *left, uint64_t *interval);
void cpu_timer_set(int which, uint64_t span, uint64_t interval);
void cpu_timers_exit(struct process *process);
