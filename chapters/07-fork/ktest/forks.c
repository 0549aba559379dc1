/* SPDX-License-Identifier: MIT */
/*
 * forks.c - which frames a fork's two sides have, which no program can see: a copy where there must be
 * one and only there, and no half of a child when memory runs out.  Leaks show in the counts.
 */
#include "ktest.h"
#include "memory/area.h"
#include "memory/heap.h"

#define PLACES 3 /* far enough apart for page tables of their own */
#define PLACE(i) (0x400000UL + (i) * (1UL << 30))

static void area_make(struct address_space *space, user_address start)
{
	struct area *area = area_alloc();

	if (!area)
		panic("no memory for a test's area");
	*area = (struct area){
		.start = start, .end = start + 4 * PAGE_SIZE, .flags = AREA_READ | AREA_WRITE,
		.ops = &anonymous_ops, .space = space,
	};
	rwlock_write_acquire(&space->lock);
	area_enter(area);
	rwlock_write_release(&space->lock);
}

static bool write_value(struct address_space *space, user_address at, uint64_t value)
{
	return space_copy(space, at, &value, sizeof(value), true) == sizeof(value);
}

static uint64_t value_of(struct address_space *space, user_address at)
{
	uint64_t value = 0;

	space_copy(space, at, &value, sizeof(value), false);
	return value;
}

/* A space with a written page at each PLACE(i). */
static struct address_space *parent_make(void)
{
	struct address_space *parent = address_space_create();

	if (!parent)
		panic("no memory for a test's address space");
	for (uint64_t i = 0; i < PLACES; i++) {
		area_make(parent, PLACE(i));
		write_value(parent, PLACE(i), 100 + i);
	}
	return parent;
}

/* The frame that holds the page at `at`; 0: none. */
static physical_address frame_at(struct address_space *space, user_address at)
{
	physical_address found = 0;
	uint64_t flags;

	return page_table_translate(space->root, at, &found, &flags) ? found : 0;
}

static void fork_frames(void)
{
	struct address_space *parent = parent_make(), *child = address_space_fork(parent);
	physical_address before = frame_at(parent, PLACE(0));

	observe("shared=%d", frame_at(child, PLACE(0)) == before);
	write_value(child, PLACE(0), 7);
	observe("child=%lu copied=%d", value_of(child, PLACE(0)), frame_at(child, PLACE(0)) != before);
	write_value(parent, PLACE(0), 8);
	observe("parent=%lu copied=%d", value_of(parent, PLACE(0)), frame_at(parent, PLACE(0)) != before);
	before = frame_at(parent, PLACE(1));
	address_space_put(child);
	write_value(parent, PLACE(1), 9);
	observe("alone=%lu copied=%d", value_of(parent, PLACE(1)), frame_at(parent, PLACE(1)) != before);
	address_space_put(parent);
}
KTEST(fork_frames);

/* The n-th allocation fails, for every n. */
static void fork_refused(void)
{
	struct address_space *parent = parent_make(), *child;
	unsigned missing = 0, lost = 0;
	int refused = -1;

	do {
		refused++;
		allocation_fail.countdown = refused + 1;
		child = address_space_fork(parent);
		allocation_fail.countdown = 0;
		for (uint64_t i = 0; i < PLACES; i++) {
			missing += child && value_of(child, PLACE(i)) != 100 + i;
			lost += !write_value(parent, PLACE(i), 100 + i);
		}
		if (child)
			address_space_put(child);
	} while (!child && refused < 50);
	address_space_put(parent);
	observe("refused=%d missing=%u lost=%u", refused > PLACES && refused < 50, missing, lost);
}
KTEST(fork_refused);
