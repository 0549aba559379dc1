/* SPDX-License-Identifier: MIT */
/* protect_execute.c - data is not code, unless PROT_EXEC says so. */
#include "test.h"

#include <sys/mman.h>

TEST
{
	char *page = map_pages(1, PROT_READ | PROT_WRITE);

	page[0] = (char)0xc3; /* ret */
	observe("mapped", 1);
	((void (*)(void))(uintptr_t)page)();
	observe("executed", 1);
	return 0;
}
