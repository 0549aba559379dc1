/* SPDX-License-Identifier: MIT */
/*
 * statistics.h - what the scheduler counted since boot, for /proc/stat, /proc/loadavg and
 * sysinfo(2).  Read without a lock: each figure is right by itself.
 */
#pragma once

#include "lib/types.h"

struct task_statistics {
	uint64_t idle_time; /* nanoseconds */
	uint64_t switches, forks;
	uint32_t tasks, runnable; /* now: with zombies; with the running one */
	uint64_t load[3];	  /* averages of 1, 5 and 15 minutes, scaled by 1 << 16 */
};
void task_statistics_get(struct task_statistics *statistics);
/* Nanoseconds of all tasks, dead ones included; looks at each that lives. */
void task_times_get(uint64_t *user, uint64_t *system);
