/* SPDX-License-Identifier: MIT */
/* stack_limit.c - the stack does not grow for ever: endless recursion is SIGSEGV. */
#include "test.h"

static long forever(long level)
{
	volatile char room[4000];

	room[0] = 1;
	if (room[0] == 2) /* never, but the compiler cannot know */
		return level;
	return forever(level + 1) + room[0];
}

TEST
{
	observe("starting", 1);
	observe("returned", forever(0));
	return 0;
}
