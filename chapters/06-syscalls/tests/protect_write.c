/* SPDX-License-Identifier: MIT */
/* protect_write.c - rights that were taken away are gone at once, whatever the TLB remembers. */
#include "test.h"

#include <sys/mman.h>

TEST
{
	volatile char *page = map_pages(1, PROT_READ | PROT_WRITE);

	page[0] = 1;
	observe("protected", sys(SYS_mprotect, page, PAGE, PROT_READ));
	observe("readable", page[0]);
	page[0] = 2;
	observe("written", page[0]);
	return 0;
}
