/* SPDX-License-Identifier: MIT */
/*
 * cuts.c - an area is cut in two, or in three, or not at all: when there is no memory for the pieces, or
 * the space has as many areas as it may have.  Leaks show in the counts.
 */
#include "ktest.h"
#include "memory/area.h"
#include "memory/heap.h"

#define START 0x400000UL
#define END   (START + 8 * PAGE_SIZE)

static struct address_space *space_make(void)
{
	struct address_space *space = address_space_create();
	struct area *area = area_alloc();

	if (!space || !area)
		panic("no memory for a test's address space");
	*area = (struct area){
		.start = START, .end = END, .flags = AREA_READ | AREA_WRITE,
		.ops = &anonymous_ops, .space = space,
	};
	rwlock_write_acquire(&space->lock);
	area_enter(area);
	rwlock_write_release(&space->lock);
	return space;
}

/* Cuts at both, in a space that has `more` areas besides (as it thinks), while the n-th allocation fails. */
static void cut(const char *key, user_address start, user_address end, uint32_t more, uint64_t nth)
{
	struct address_space *space = space_make();
	int error;

	space->area_count += more;
	rwlock_write_acquire(&space->lock);
	allocation_fail.countdown = nth;
	error = area_cut(space, start, end);
	allocation_fail.countdown = 0;
	rwlock_write_release(&space->lock);
	space->area_count -= more;
	observe("%s=%d areas=%u", key, error, (unsigned)space->area_count);
	address_space_put(space);
}

static void cuts(void)
{
	user_address low = START + 2 * PAGE_SIZE, high = START + 5 * PAGE_SIZE;

	cut("nowhere", START, END, 0, 0);
	cut("low", low, END, 0, 0);
	cut("high", START, high, 0, 0);
	cut("both", low, high, 0, 0);
	cut("first_fails", low, high, 0, 1);
	cut("second_fails", low, high, 0, 2);
	cut("low_fails", low, END, 0, 1);
	cut("high_fails", START, high, 0, 1);
	cut("both_fill", low, high, AREA_COUNT_MAX - 3, 0);
	cut("both_pass", low, high, AREA_COUNT_MAX - 2, 0);
	cut("low_fills", low, END, AREA_COUNT_MAX - 2, 0);
	cut("low_passes", low, END, AREA_COUNT_MAX - 1, 0);
	cut("high_passes", START, high, AREA_COUNT_MAX - 1, 0);
}
KTEST(cuts);
