/* SPDX-License-Identifier: MIT */
/* arguments.c - argv and envp arrive whole: empty strings, odd bytes, long ones, none at all. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(void)
{
	observe("argc", test_argc);
	for (int i = 1; i < test_argc; i++) {
		observe(text("argv%d_length", i), (long)strlen(test_argv[i]));
		if (strlen(test_argv[i]) < 100)
			observe_text(text("argv%d", i), test_argv[i]);
		else
			observe_hash(text("argv%d_hash", i), test_argv[i], strlen(test_argv[i]));
	}
	observe("argv_ends", test_argv[test_argc] == NULL);
	for (int i = 0; test_envp[i]; i++)
		observe_text(text("envp%d", i), test_envp[i]);
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

TEST
{
	static char large[100000];
	char *odd[] = { "child", "", "a b", "line\nend", "\xc3\xa9\xff", large, "last", NULL };
	char *environment[] = { "A=1", "EMPTY=", "NOT_A_PAIR", "A=2", NULL }, *none[] = { NULL };
	char *one[] = { "child", "alone", NULL };

	if (strcmp(test_argv[0], "child") == 0 || test_argv[0][0] == 0) {
		tell();
		return 3;
	}
	memset(large, 'x', sizeof(large) - 1);
	run("odd", odd, environment);
	run("no_environment", one, none);
	run("null_environment", one, NULL);
	run("no_arguments", none, environment);
	run("null_arguments", NULL, environment);
	return 0;
}
