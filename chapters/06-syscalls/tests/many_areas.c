/* SPDX-License-Identifier: MIT */
/*
 * many_areas.c - thousands of areas that cannot be joined, holes between them, and where new ones
 * are placed then: at the top of the highest hole that is wide enough.  Looking at every area each
 * time would take more than the test's time.
 */
#include "test.h"

#define COUNT 20000
#define FNV_PRIME 0x100000001b3UL

static unsigned long seed = 1, hash;

static unsigned long chance(unsigned long below)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (seed >> 33) % below;
}

/* MAP_PRIVATE | MAP_ANONYMOUS, readable, every other one writable. */
static unsigned long map(unsigned long pages, unsigned long which)
{
	return sys(SYS_mmap, 0, pages * PAGE, which & 1 ? 3 : 1, 0x22, -1, 0);
}

static void note(unsigned long place)
{
	hash = (hash ^ place / PAGE) * FNV_PRIME;
}

TEST
{
	unsigned long top = map(1, 0) + PAGE, lowest = top - PAGE, wrong = 0;

	for (unsigned long i = 1; i < COUNT; i++) {
		unsigned long at = map(1, i);

		wrong += at != lowest - PAGE;
		lowest = at;
	}
	observe("not_below_the_last", wrong);
	for (int i = 0; i < 6000; i++) {
		unsigned long from = chance(COUNT), pages = 1 + chance(6);

		sys(SYS_munmap, lowest + from * PAGE, pages * PAGE);
	}
	for (int i = 0; i < 6000; i++)
		note(top - map(1 + chance(8), i));
	observe_hex("places", hash);
	for (int i = 0; i < 4000; i++)
		sys(SYS_mprotect, lowest + chance(COUNT) * PAGE, (1 + chance(3)) * PAGE, 3 * chance(2));
	for (int i = 0; i < 4000; i++) {
		note(sys(SYS_munmap, lowest + chance(COUNT) * PAGE, (1 + chance(3)) * PAGE));
		note(top - map(1 + chance(20), i));
	}
	observe_hex("places_again", hash);
	observe("all_gone", sys(SYS_munmap, lowest - 0x8000000, top - lowest + 0x8000000));
	observe("back_at_the_top", map(1, 0) == top - PAGE);
	return 0;
}
