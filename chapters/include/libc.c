/* SPDX-License-Identifier: MIT */
/* libc.c - what a test program with a C library needs beside test.c. */
#include "test.h"

#include <fcntl.h>
#include <sys/auxv.h>
#include <unistd.h>

int test_argc;
char **test_argv, **test_envp;

const char *self(void)
{
	const char *path = (const char *)getauxval(AT_EXECFN);

	return path ? path : test_argv[0];
}

void copy_self(const char *to)
{
	static char bytes[1 << 20];
	int in = open(self(), O_RDONLY), out = open(to, O_CREAT | O_WRONLY, 0755);
	long count;

	while ((count = read(in, bytes, sizeof(bytes))) > 0)
		write(out, bytes, count);
	close(in);
	close(out);
}

int main(int argc, char **argv, char **envp)
{
	test_argc = argc;
	test_argv = argv;
	test_envp = envp;
	return test_main();
}
