/* SPDX-License-Identifier: MIT */
/*
 * wait_races.c - a child that ends at every moment around its parent's wait: no end is missed, no
 * wait lasts for ever.  Parent and child spin for some instructions first, more each round, so that
 * the ends of their time slices fall before, into and behind the call.
 */
#include "test.h"

#include <linux/wait.h>

#define ROUNDS 80
#define STEP   997 /* loops */

static void spin(int loops)
{
	for (volatile int i = 0; i < loops; i++)
		;
}

/* How many of the rounds went right: the child spins `child` steps a round, the parent `parent`. */
static int race(int parent, int child, int options)
{
	int right = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int status = -1, pid = (int)sys(SYS_fork), got;

		if (pid == 0) {
			spin(round * child * STEP);
			sys(SYS_exit, round);
		}
		spin(round * parent * STEP);
		do
			got = (int)sys(SYS_wait4, pid, &status, options, 0);
		while (got == 0 && options & WNOHANG);
		right += got == pid && status == round << 8;
	}
	return right;
}

/* Two children at once, any of them. */
static int race_of_two(void)
{
	int right = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int sum = 0, status = 0;

		for (int child = 1; child <= 2; child++)
			if (sys(SYS_fork) == 0) {
				spin(child * round * STEP / 2);
				sys(SYS_exit, child);
			}
		while (sys(SYS_wait4, -1, &status, 0, 0) > 0)
			sum += status >> 8;
		right += sum == 3;
	}
	return right;
}

TEST
{
	observe("child_first", race(1, 0, 0));
	observe("parent_first", race(0, 1, 0));
	observe("together", race(1, 1, 0));
	observe("looking", race(1, 1, WNOHANG));
	observe("two", race_of_two());
	observe("none_left", sys(SYS_wait4, -1, 0, 0, 0));
	return 0;
}
