/* SPDX-License-Identifier: MIT */
/* many_forks.c - a thousand children one after the other, a hundred at once, a chain of fifty. */
#include "test.h"

static int chain(int depth)
{
	int status, pid;

	if (depth == 0)
		return 1;
	pid = (int)sys(SYS_fork);
	if (pid == 0)
		sys(SYS_exit, chain(depth - 1));
	sys(SYS_wait4, pid, &status, 0, 0);
	return (status >> 8) + 1;
}

TEST
{
	long good = 0, pid, sum = 0;
	int status, i;

	for (i = 0; i < 1000; i++) {
		pid = sys(SYS_fork);
		if (pid == 0)
			sys(SYS_exit, i & 0x7f);
		good += sys(SYS_wait4, pid, &status, 0, 0) == pid && status == (i & 0x7f) << 8;
	}
	observe("one_by_one", good);
	for (i = 0; i < 100; i++)
		if (sys(SYS_fork) == 0)
			sys(SYS_exit, i);
	for (good = 0; sys(SYS_wait4, -1, &status, 0, 0) > 0; good++)
		sum += status >> 8;
	observe("at_once", good);
	observe("sum_of_statuses", sum);
	observe("chain", chain(50));
	return 0;
}
