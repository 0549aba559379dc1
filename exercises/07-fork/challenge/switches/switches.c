/* SPDX-License-Identifier: MIT */
/* switches.c - the challenge: two programs give way to each other 5,000 times each. */
#include "test.h"

#include <linux/wait.h>

#define TURNS 5000

TEST
{
	int status = -1;
	long child = sys(SYS_fork);

	for (int i = 0; i < TURNS; i++)
		sys(SYS_sched_yield);
	if (child == 0)
		sys(SYS_exit_group, 7);
	observe_number("waited", sys(SYS_wait4, child, &status, 0, 0) == child);
	observe_number("status", status >> 8);
	return 0;
}
