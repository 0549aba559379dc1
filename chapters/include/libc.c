/* SPDX-License-Identifier: MIT */
/* libc.c - what a test program with a C library needs beside test.c. */
#include "test.h"

#include <sys/auxv.h>

int test_argc;
char **test_argv, **test_envp;

const char *self(void)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : test_argv[0];
}

int main(int argc, char **argv, char **envp)
{
	test_argc = argc;
	test_argv = argv;
	test_envp = envp;
	return test_main();
}
