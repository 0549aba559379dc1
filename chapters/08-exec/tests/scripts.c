/* SPDX-License-Identifier: MIT */
/* scripts.c - `#!`: the kernel runs the interpreter, with at most one argument and the script's path. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(void)
{
	char name[16];

	for (int i = 0; i < test_argc; i++)
		observe_text(text("%s_argv%d", test_argv[test_argc - 1], i), test_argv[i]);
	observe_text(text("%s_self", test_argv[test_argc - 1]), self());
	prctl(PR_GET_NAME, name);
	observe_text(text("%s_name", test_argv[test_argc - 1]), name);
}

static void run(const char *key, const char *path)
{
	char *argv[] = { "ignored", "first", (char *)key, NULL };
	int status = -1;

	if (fork() == 0) {
		execve(path, argv, test_envp);
		observe_errno(key, -1);
		_exit(9);
	}
	wait(&status);
	observe(text("%s_status", key), status);
}

TEST
{
	if (test_argc > 2) {
		tell();
		return 5;
	}
	run("plain", "/plain");
	run("argument", "/argument");
	run("spaces", "/spaces");
	run("no_newline", "/no_newline");
	run("nested", "/nested");
	run("loop", "/loop");
	run("missing", "/missing");
	run("nothing", "/nothing");
	run("blank", "/blank");
	run("long_line", "/long_line");
	return 0;
}
