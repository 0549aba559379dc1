/* SPDX-License-Identifier: MIT */
/*
 * descendants.c - three generations write different pages of what they share and end in an order
 * that has nothing to do with that of their births: nobody ever sees a page of another.
 */
#include "test.h"

#include <linux/mman.h>

#define CHILDREN 3
#define FAMILY	 (1 + CHILDREN + CHILDREN * CHILDREN) /* without the grandest */
#define PAGES	 (FAMILY + 3)
#define ROUNDS	 6

#define ALL	 39 /* descendants: 3 + 9 + 27 */

static struct {
	long bad, ended;
} *shared;
static volatile uint64_t *pages;
static uint64_t chance = 1;

static unsigned chosen(unsigned below)
{
	chance = chance * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(chance >> 33) % below;
}

static uint64_t mark(int writer, int page, int round)
{
	return ((uint64_t)writer << 32) + (uint64_t)(page << 8) + (unsigned)round + 1;
}

/* `known` is what this process must find: what it has inherited or written. */
static bool as_known(const uint64_t *known)
{
	for (int i = 0; i < PAGES; i++)
		if (pages[i * 512] != known[i] || pages[i * 512 + 511] != known[i])
			return false;
	return true;
}

static void write_some(uint64_t *known, int me, int round)
{
	for (int i = 0; i < 3; i++) {
		int page = (int)chosen(PAGES);

		known[page] = mark(me, page, round);
		pages[page * 512] = pages[page * 512 + 511] = known[page];
	}
}

static void check(const uint64_t *known)
{
	if (!as_known(known))
		__atomic_fetch_add(&shared->bad, 1, __ATOMIC_RELAXED);
}

/* Lives `rounds` turns, with others in between, and looks and writes in each. */
static void live(uint64_t *known, int me, int rounds)
{
	for (int round = 0; round < rounds; round++) {
		check(known);
		write_some(known, me, round);
		sys(SYS_sched_yield);
		check(known);
	}
}

static void family(uint64_t *known, int me, int generations)
{
	uint64_t mine[PAGES];

	chance = (uint64_t)me * 1000003;
	for (int i = 0; i < CHILDREN && generations; i++) {
		int child = me * CHILDREN + i + 1;

		write_some(known, me, 100 + i);
		memcpy(mine, known, sizeof(mine));
		if (sys(SYS_fork) == 0) {
			family(mine, child, generations - 1);
			live(mine, child, 1 + (int)chosen(ROUNDS));
			__atomic_fetch_add(&shared->ended, 1, __ATOMIC_RELAXED);
			sys(SYS_exit, 0); /* perhaps before its children */
		}
		if (chosen(2))
			sys(SYS_sched_yield);
	}
}

TEST
{
	uint64_t known[PAGES];

	shared = (void *)sys(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0);
	pages = (volatile uint64_t *)sys(SYS_mmap, 0, PAGES * PAGE, PROT_READ | PROT_WRITE,
					 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(known, 0, sizeof(known));
	family(known, 0, 3);
	live(known, 0, 40);
	while (sys(SYS_wait4, -1, 0, 0, 0) > 0)
		check(known);
	while (__atomic_load_n(&shared->ended, __ATOMIC_RELAXED) < ALL) /* orphans are others' */
		sys(SYS_sched_yield);
	check(known);
	observe("saw_another", shared->bad);
	return 0;
}
