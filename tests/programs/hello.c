/* SPDX-License-Identifier: MIT */
/* hello.c - what the simplest program with a C library does before and after its line. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static __thread int per_thread = 5;
static int constructed;

__attribute__((constructor)) static void construct(void)
{
	constructed = 1;
}

static void at_exit(void)
{
	puts("goodbye");
}

int main(int argc, char **argv)
{
	char *big = malloc(1 << 20);

	atexit(at_exit);
	memset(big, 'x', 1 << 20);
	printf("hello, world: %d %d %d %s\n", argc, per_thread, constructed, argv[argc - 1]);
	printf("%.6f %s %c\n", sqrt(argc), getenv("TERM"), big[(1 << 20) - 1]);
	fprintf(stderr, "%s\n", strerror(ENOENT));
	return getpid() > 0 ? 17 : 1;
}
