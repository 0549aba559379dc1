/* SPDX-License-Identifier: MIT */
/* no_memory.c - writes more pages than the machine has: there is nobody to end but the program itself. */
#include "test.h"

static char image[2 << 20]; /* as large as this in the archive, and once more in memory */

TEST
{
	char here;
	uintptr_t stack = (uintptr_t)&here;

	for (unsigned long page = 1; page < 2000; page++)
		*(volatile char *)(stack - page * 4096) = ((volatile char *)image)[page];
	answer(0);
}
