/* SPDX-License-Identifier: MIT */
/*
 * first_stack.c - the first stack is an ABI (System V ABI for x86-64, 3.4.1): argc at a multiple of
 * 16 whatever the numbers are, argv, envp and the auxiliary vector behind it, each with its end.
 */
#include "test.h"

#include <elf.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(void)
{
	long *argc = (long *)test_argv - 1;
	Elf64_auxv_t *vector;
	char **end = test_envp;
	int ordered = 1, count = 0;

	while (test_envp[count])
		count++;
	observe(text("%s_%d_%d", "argc_in_place", test_argc, count), *argc == test_argc);
	observe(text("%s_%d_%d", "alignment", test_argc, count), (long)((uintptr_t)argc % 16));
	observe(text("%s_%d_%d", "envp_behind_argv", test_argc, count), test_envp == test_argv + test_argc + 1);
	observe(text("%s_%d_%d", "argv_ends", test_argc, count), test_argv[test_argc] == NULL);
	while (*end)
		end++;
	vector = (Elf64_auxv_t *)(end + 1);
	observe(text("%s_%d_%d", "auxv_behind_envp", test_argc, count), vector->a_type > 0 && vector->a_type < 64);
	for (int i = 1; i < test_argc; i++)
		ordered &= test_argv[i] == test_argv[i - 1] + strlen(test_argv[i - 1]) + 1;
	observe(text("%s_%d_%d", "strings_in_order", test_argc, count), ordered);
	observe(text("%s_%d_%d", "strings_above", test_argc, count), test_argv[0] > (char *)vector);
}

TEST
{
	char *argv[] = { "child", "a", "bb", "ccc", NULL }, *envp[] = { "A=", "B=1", NULL };

	if (strcmp(test_argv[0], "child") == 0) {
		tell();
		return 0;
	}
	for (int i = 0; i < 4; i++) {
		pid_t child = fork();

		if (child == 0)
			execve(self(), argv, envp + i % 2);
		waitpid(child, NULL, 0);
		if (i % 2)
			argv[3] = NULL; /* one argument less from now on */
	}
	return 0;
}
