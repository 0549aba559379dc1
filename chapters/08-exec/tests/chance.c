/* SPDX-License-Identifier: MIT */
/* chance.c - getrandom(2): bytes, flags, bad pointers; and two programs that do not start alike. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <unistd.h>

#define BYTES 300000

static unsigned char a[BYTES], b[BYTES];

/* The 16 bytes that a program is given at its start, their first word. */
static unsigned given(void)
{
	return *(const unsigned *)getauxval(AT_RANDOM);
}

TEST
{
	char *argv[] = { "again", NULL, NULL };
	unsigned counts[256] = { 0 }, odd = 0;

	if (strcmp(test_argv[0], "again") == 0) {
		observe("another_start", given() != strtoul(test_argv[1], NULL, 16));
		return 0;
	}
	observe("all", sys(SYS_getrandom, a, BYTES, 0));
	observe("again", sys(SYS_getrandom, b, BYTES, GRND_NONBLOCK));
	observe("different", memcmp(a, b, 16) != 0);
	for (int i = 0; i < BYTES; i++)
		counts[a[i]]++;
	for (int i = 0; i < 256; i++)
		odd += counts[i] < 900 || counts[i] > 1500;
	observe("every_byte_is_as_likely", odd);
	observe("none", sys(SYS_getrandom, a, 0, 0));
	observe("null", sys(SYS_getrandom, 0, 10, 0));
	observe("kernel", sys(SYS_getrandom, 0xffffffff80000000, 10, 0));
	observe("unknown_flag", sys(SYS_getrandom, a, 10, 64));
	argv[1] = (char *)text("%x", given());
	execve(self(), argv, test_envp);
	return 0;
}
