/* SPDX-License-Identifier: MIT */
/* refused.c - what cannot be executed, and why; the program that tried goes on as before. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static char kept[] = "kept";

static void try(const char *key, const char *path)
{
	char *argv[] = { "child", NULL };

	observe_errno(key, execve(path, argv, test_envp));
}

TEST
{
	static char long_name[5000];
	char *argv[] = { "child", NULL };
	void *stack = &argv;

	if (strcmp(test_argv[0], "child") == 0)
		return 77;
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[0] = '/';
	try("missing", "/missing");
	try("empty", "");
	try("null", NULL);
	try("kernel", (const char *)0xffffffff80000000);
	try("too_long", long_name);
	try("not_executable", "/plain");
	try("text", "/text");
	try("empty_file", "/empty");
	observe("argv_is_bad", sys(SYS_execve, self(), 8, 0));
	observe("argv_in_the_kernel", sys(SYS_execve, self(), 0xffff888000000000, 0));
	argv[0] = (char *)8;
	observe("string_is_bad", sys(SYS_execve, self(), argv, 0));
	observe("envp_is_bad", sys(SYS_execve, self(), 0, 8));
	observe_text("data", kept);
	observe("stack", stack == &argv);
	return 0;
}
