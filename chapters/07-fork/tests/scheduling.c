/* SPDX-License-Identifier: MIT */
/* scheduling.c - what the calls of sched(7) and the nice values answer. */
#include "test.h"

TEST
{
	unsigned long mask[2] = { 0, 0 };
	int zero = 0, fifty = 50;

	observe("yield", sys(SYS_sched_yield));
	observe("policy", sys(SYS_sched_getscheduler, 0));
	observe("policy_negative", sys(SYS_sched_getscheduler, -1));
	observe("policy_of_nobody", sys(SYS_sched_getscheduler, 1 << 20));
	observe("parameter_null", sys(SYS_sched_getparam, 0, 0));
	observe("set_other", sys(SYS_sched_setscheduler, 0, 0, &zero));
	observe("set_other_priority", sys(SYS_sched_setscheduler, 0, 0, &fifty));
	observe("set_unknown", sys(SYS_sched_setscheduler, 0, 44, &zero));
	observe("set_fifo_zero", sys(SYS_sched_setscheduler, 0, 1, &zero));
	observe("max_other", sys(SYS_sched_get_priority_max, 0));
	observe("max_fifo", sys(SYS_sched_get_priority_max, 1));
	observe("min_rr", sys(SYS_sched_get_priority_min, 2));
	observe("max_unknown", sys(SYS_sched_get_priority_max, 4));
	observe("affinity_small", sys(SYS_sched_getaffinity, 0, 4, mask));
	observe("affinity_odd", sys(SYS_sched_getaffinity, 0, 12, mask));
	observe("affinity_first", sys(SYS_sched_getaffinity, 0, 8, mask) > 0 && (mask[0] & 1));
	mask[0] = 0;
	observe("affinity_none", sys(SYS_sched_setaffinity, 0, 8, mask));
	mask[0] = 1;
	observe("affinity_set", sys(SYS_sched_setaffinity, 0, 8, mask));

	observe("nice", sys(SYS_getpriority, 0, 0));
	observe("nice_bad_which", sys(SYS_getpriority, 3, 0));
	observe("nice_nobody", sys(SYS_getpriority, 0, 1 << 20));
	observe("set_nice", sys(SYS_setpriority, 0, 0, 5));
	observe("nice_now", sys(SYS_getpriority, 0, 0));
	observe("set_nice_far", sys(SYS_setpriority, 0, 0, 500));
	observe("nice_lowest", sys(SYS_getpriority, 0, 0));
	observe("group_nice", sys(SYS_getpriority, 1, 0) >= 1);
	return 0;
}
