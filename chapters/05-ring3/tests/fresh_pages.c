/* SPDX-License-Identifier: MIT */
/* fresh_pages.c - pages that were never written are zeros, before and after others are written. */
#include "test.h"

#define PAGES 32

static uint64_t sum(volatile uint64_t *from, uint64_t words)
{
	uint64_t found = 0;

	for (uint64_t i = 0; i < words; i++)
		found += from[i];
	return found;
}

TEST
{
	volatile uint64_t here;
	/* of the stack, which grows when it is touched; far enough below to be nobody's */
	volatile uint64_t *pages = (volatile uint64_t *)(((uintptr_t)&here & ~4095UL) - (PAGES + 64) * 4096UL);
	uint64_t read = sum(pages, PAGES * 512), written;

	for (uint64_t page = 0; page < PAGES; page += 2)
		pages[page * 512 + page] = 1;
	written = sum(pages, PAGES * 512);
	answer(read * 1000 + written);
}
