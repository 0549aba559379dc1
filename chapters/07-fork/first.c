/* SPDX-License-Identifier: MIT */
/*
 * first.c - process 1 of `make run CH=7`: two processes that take turns, whether they want to or not,
 * each with memory of its own.
 */
#include "test.h"

#define ROUNDS 3
#define WORK   100000000UL /* several time slices on any machine */

static volatile unsigned long counted; /* shared until one of them writes */

static void say(const char *line)
{
	sys(SYS_write, 1, line, strlen(line));
	sys(SYS_write, 1, "\n", 1);
}

static void work(const char *who)
{
	for (int round = 1; round <= ROUNDS; round++) {
		for (unsigned long i = 0; i < WORK; i++)
			counted++;
		say(text("%s: round %d of %d", who, round, ROUNDS));
	}
}

TEST
{
	int status = 0;
	long child;

	say("Process 1 forks.");
	child = sys(SYS_fork);
	work(child ? "parent" : "       child");
	if (!child)
		return counted == ROUNDS * WORK ? 7 : 1;
	child = sys(SYS_wait4, -1, &status, 0, 0);
	say(text("wait4() gave process %d, which ended with status %d.", (int)child, status >> 8));
	say(text("What the child counted is not in the parent's memory: %s",
		 counted == ROUNDS * WORK ? "right" : "wrong"));
	return 0;
}
