/* SPDX-License-Identifier: MIT */
/*
 * lost_wakeup.c - children that end just before, while and just after their parent goes to sleep: each
 * spins a little longer than the one before, and the parent a little less.  Run with the first tick at
 * eight places (lost_wakeup.py), so that it falls at many points between fork and wait.
 */
#include "test.h"

#define LONGEST 5000 /* instructions */
#define STEP 4

static void spin(long instructions)
{
	for (long i = 0; i < instructions; i += 2) /* the counting and the jump */
		__asm__ volatile("");
}

TEST
{
	long waited = 0, sum = 0;

	for (long i = 0; i < LONGEST; i += STEP) {
		int status = -1;
		long pid = sys(SYS_fork);

		if (pid == 0) {
			spin(i);
			sys(SYS_exit_group, i & 0x7f);
		}
		spin(LONGEST - i);
		waited += pid > 0 && sys(SYS_wait4, pid, &status, 0, 0) == pid;
		sum += status >> 8;
	}
	observe("waited", waited);
	observe("sum_of_statuses", sum);
	return 0;
}
