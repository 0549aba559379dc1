/* SPDX-License-Identifier: MIT */
/* demand.c - memory is there when it is touched: zeros first, each page its own, none mixed up. */
#include "test.h"

#include <sys/mman.h>

#define PAGES 3000UL

TEST
{
	uint64_t *words = (uint64_t *)sys(SYS_mmap, 0, PAGES * PAGE, PROT_READ | PROT_WRITE,
					  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint64_t sum = 0, wrong = 0;

	for (unsigned long i = 0; i < PAGES; i += 3) /* first read ... */
		sum |= words[i * 512 + i % 512];
	observe("zero", (long)sum);
	for (unsigned long i = 0; i < PAGES; i++) /* ... then written */
		words[i * 512] = i * 0x9e3779b97f4a7c15;
	for (unsigned long i = 0; i < PAGES; i++)
		wrong += words[i * 512] != i * 0x9e3779b97f4a7c15 || words[i * 512 + 511] != 0;
	observe("wrong", (long)wrong);
	for (int round = 0; round < 50; round++) { /* 50 x 12 MB: what is unmapped is free again */
		long at = sys(SYS_mmap, 0, PAGES * PAGE, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		for (unsigned long i = 0; i < PAGES; i += 1)
			*(char *)(at + i * PAGE) = 1;
		sys(SYS_munmap, at, PAGES * PAGE);
	}
	observe("given_back", 1);
	words = (uint64_t *)sys(SYS_mmap, 0, PAGES * PAGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sum = 0;
	for (unsigned long i = 0; i < PAGES; i++) { /* of these frames the first byte was 1 */
		words[i * 512 + 1] = i;
		sum |= words[i * 512];
	}
	observe("used_again_as_zeros", (long)sum);
	return 0;
}
