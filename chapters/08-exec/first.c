/* SPDX-License-Identifier: MIT */
/*
 * first.c - process 1 of `make run CH=8`: a static program with a C library, which says what exec
 * gave it and becomes another one.
 */
#include "test.h"

#include <stdio.h>
#include <sys/auxv.h>
#include <unistd.h>

#define BUSYBOX "/bin/busybox"

TEST
{
	char *argv[] = { BUSYBOX, "echo", "BusyBox's echo says this, and is process 1 now.", NULL };

	printf("Hello from a C library's printf().\n");
	for (int i = 0; i < test_argc; i++)
		printf("argv[%d] = %s\n", i, test_argv[i]);
	for (char **each = test_envp; *each; each++)
		printf("environment: %s\n", *each);
	printf("entry at %#lx, %lu program headers, pages of %lu bytes\n", getauxval(AT_ENTRY),
	       getauxval(AT_PHNUM), getauxval(AT_PAGESZ));
	fflush(stdout);
	execve(BUSYBOX, argv, test_envp);
	perror(BUSYBOX);
	return 1;
}
