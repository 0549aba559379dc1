/* SPDX-License-Identifier: MIT */
/*
 * areas.c - the challenge: 60,000 addresses are looked up among 1,000 areas, as a program's faults would: it uses
 * eight places in turn - code, data, stacks, libraries - and now and then goes on from one of them to another.
 */
#include "ktest.h"
#include "memory/area.h"

#define AREAS  1000
#define PLACES 8
#define FINDS  60000
#define BASE   0x10000000UL
#define APART  (1UL << 18)
#define PAGES  16

static void areas_enter(struct address_space *space)
{
	rwlock_write_acquire(&space->lock);
	for (uint64_t i = 0; i < AREAS; i++) {
		struct area *area = area_alloc();

		if (!area)
			panic("no memory for a test's areas");
		*area = (struct area){
			.start = BASE + i * APART, .end = BASE + i * APART + PAGES * PAGE_SIZE,
			.flags = AREA_READ | AREA_WRITE, .ops = &anonymous_ops, .space = space,
		};
		area_enter(area);
	}
	rwlock_write_release(&space->lock);
}

/* One in 16 lies behind its area: there the next one is the answer. */
static bool is_right(struct address_space *space, uint64_t number, uint64_t offset)
{
	struct area *area = area_find(space, BASE + number * APART + offset);
	uint64_t right = number + (offset >= PAGES * PAGE_SIZE);

	return right == AREAS ? !area : area && area->start == BASE + right * APART;
}

static void areas(void)
{
	struct address_space *space = address_space_create();
	uint64_t places[PLACES], wrong = 0;

	areas_enter(space);
	for (unsigned i = 0; i < PLACES; i++)
		places[i] = ktest_random_below(AREAS);
	rwlock_read_acquire(&space->lock);
	for (unsigned i = 0; i < FINDS; i++) {
		uint64_t offset = ktest_random_below(PAGES * PAGE_SIZE);

		if (i % 16 == 15)
			offset += PAGES * PAGE_SIZE;
		if (i % 64 == 63)
			places[i / 64 % PLACES] = ktest_random_below(AREAS);
		wrong += !is_right(space, places[i % PLACES], offset);
	}
	rwlock_read_release(&space->lock);
	address_space_put(space);
	observe("wrong=%lu", wrong);
}
KTEST(areas);
