/* SPDX-License-Identifier: MIT */
/*
 * too_much.c - E2BIG: one string of more than 128 KiB, or more in all than a quarter of the stack
 * limit.  The program that asked goes on unharmed.
 */
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define POINTERS 240000 /* of 8 bytes, to strings of 1 */

static char *string_of(size_t length)
{
	char *s = malloc(length + 1);

	memset(s, 'x', length);
	s[length] = 0;
	return s;
}

static void run(const char *key, char **argv, char **envp)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		execve(self(), argv, envp);
		observe_errno(key, -1);
		_exit(9);
	}
	waitpid(child, &status, 0);
	observe(text("%s_status", key), status);
}

/* Whether a child with this argv and one environment string of `length` bytes starts. */
static bool starts(char **argv, size_t length)
{
	char *envp[] = { string_of(length), NULL };
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		execve(self(), argv, envp);
		_exit(99);
	}
	waitpid(child, &status, 0);
	free(envp[0]);
	return status != 99 << 8;
}

static long longest(char **argv)
{
	long yes = 0, no = 131072;

	while (no - yes > 1) {
		long middle = (yes + no) / 2;

		if (starts(argv, middle))
			yes = middle;
		else
			no = middle;
	}
	return yes;
}

/* However low the stack's limit: 128 KiB, and each pointer counts. */
static void least(void)
{
	struct rlimit limit = { 256 << 10, 256 << 10 };
	char *one[] = { "child", NULL }, *two[] = { "child", "", NULL }, *three[] = { "child", "", "", NULL };
	long with_one;

	setrlimit(RLIMIT_STACK, &limit);
	with_one = longest(one);
	observe("least_100000_bytes", with_one > 100000);
	observe("least_131072_bytes", with_one >= 131071);
	observe("second_argument", with_one - longest(two));
	observe("third_argument", with_one - longest(three));
}

TEST
{
	static char *pointers[POINTERS + 1];
	char *argv[60] = { "child", NULL }, *none[] = { NULL }, *half = string_of(60000);

	if (strcmp(test_argv[0], "child") == 0)
		return test_argc;
	for (int i = 0; i < POINTERS; i++)
		pointers[i] = "";
	argv[1] = string_of(131071);
	run("largest_string", argv, none);
	argv[1] = string_of(131072);
	run("one_byte_more", argv, none);
	run("in_the_environment", none, argv);
	for (int i = 1; i < 31; i++)
		argv[i] = half;
	run("1800000_bytes", argv, none);
	for (int i = 1; i < 41; i++)
		argv[i] = half;
	run("2400000_bytes", argv, none);
	run("pointers_count", pointers, none);
	least();
	return 0;
}
