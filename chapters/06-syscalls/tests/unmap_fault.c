/* SPDX-License-Identifier: MIT */
/* unmap_fault.c - a page that was unmapped is gone for the program too, although it was just used. */
#include "test.h"

#include <sys/mman.h>

TEST
{
	volatile char *page = map_pages(1, PROT_READ | PROT_WRITE);

	observe("before", page[5]);
	sys(SYS_munmap, page, PAGE);
	observe("after", page[5]);
	return 0;
}
