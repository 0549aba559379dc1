/* SPDX-License-Identifier: MIT */
/* execs.c - the challenge: a program executes itself 200 times, with a few arguments. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXECS 200

TEST
{
	int number = test_argc > 1 ? atoi(test_argv[1]) : 0;
	char *argv[] = { "execs", (char *)text("%d", number + 1), "one", "two", "three", NULL };
	char *envp[] = { "PATH=/bin:/usr/bin", "HOME=/", "TERM=linux", "LANG=C", NULL };

	if (number && (test_argc != 5 || strcmp(test_argv[4], "three") || !getenv("TERM")))
		observe_number("wrong", number);
	if (number < EXECS)
		execve(self(), argv, envp);
	observe_number("executed", number);
	return 0;
}
