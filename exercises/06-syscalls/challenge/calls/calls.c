/* SPDX-License-Identifier: MIT */
/* calls.c - the challenge: what a memory allocator asks of the kernel: 20,000 small calls, and pages that come and go. */
#include "test.h"

#define ROUNDS 2000

TEST
{
	uint64_t start = sys(SYS_brk, 0), wrong = 0;
	unsigned char present[4];

	for (int round = 0; round < ROUNDS; round++) {
		char *page = (char *)start;

		for (int i = 0; i < 7; i++)
			wrong += (uint64_t)sys(SYS_brk, 0) != start;
		wrong += (uint64_t)sys(SYS_brk, start + 3 * PAGE) != start + 3 * PAGE;
		wrong += page[0] || page[2 * PAGE];
		page[0] = page[2 * PAGE] = 1;
		wrong += sys(SYS_mincore, start, 3 * PAGE, present) != 0;
		wrong += present[0] != 1 || present[2] != 1;
		wrong += (uint64_t)sys(SYS_brk, start) != start;
	}
	observe_number("wrong", wrong);
	return 0;
}
