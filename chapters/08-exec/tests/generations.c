/* SPDX-License-Identifier: MIT */
/* generations.c - a program that executes itself a hundred times, then forks and executes in turn. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void again(const char *who, int number)
{
	char *argv[] = { (char *)who, (char *)text("%d", number), NULL };

	execve(self(), argv, test_envp);
}

TEST
{
	int number = test_argc > 1 ? atoi(test_argv[1]) : 0, status, sum = 0;

	if (strcmp(test_argv[0], "leaf") == 0)
		return number;
	if (number < 100)
		again("stem", number + 1);
	observe("generation", number);
	for (int i = 0; i < 50; i++) {
		if (fork() == 0)
			again("leaf", i);
		wait(&status);
		sum += status >> 8;
	}
	observe("sum", sum);
	return 0;
}
