/* SPDX-License-Identifier: MIT */
/*
 * spaces.c - address spaces as wholes: one address means as many things as there are spaces, and a
 * space leaves nothing behind, neither when it ends nor when it could not begin.
 */
#include "ktest.h"
#include "memory/area.h"
#include "memory/heap.h"

#define PLACE 0x400000UL
#define PAGES 3 /* that are written to, of a larger area */

static uint64_t frames_used(void)
{
	struct frame_statistics now;

	page_table_shrink();
	heap_shrink();
	frame_statistics_get(&now);
	return now.total - now.free;
}

/* A space with an area at PLACE, whose first pages hold `value`.  No limits: we are no process. */
static struct address_space *space_make(uint64_t value)
{
	struct address_space *space = address_space_create();
	struct area *area = area_alloc();

	if (!space || !area)
		panic("no memory for a test's address space");
	*area = (struct area){
		.start = PLACE, .end = PLACE + 16 * PAGE_SIZE, .flags = AREA_READ | AREA_WRITE,
		.ops = &anonymous_ops, .space = space,
	};
	rwlock_write_acquire(&space->lock);
	area_enter(area);
	rwlock_write_release(&space->lock);
	for (int i = 0; i < PAGES; i++)
		space_copy(space, PLACE + i * PAGE_SIZE, &value, sizeof(value), true);
	return space;
}

/* What the processor finds at PLACE in the tables that are loaded; SMAP keeps us from reading it. */
static uint64_t value_loaded(void)
{
	physical_address at = 0;
	uint64_t flags;

	if (!page_table_translate(page_table_loaded(), PLACE, &at, &flags))
		return 0;
	return *(uint64_t *)direct_map(at);
}

static void spaces_apart(void)
{
	physical_address before = page_table_loaded();
	struct address_space *spaces[3];
	uint64_t wrong = 0, kept;

	for (unsigned i = 0; i < 3; i++)
		spaces[i] = space_make(100 + i);
	for (int round = 0; round < 100; round++) {
		unsigned i = ktest_random_below(3);

		address_space_activate(spaces[i]);
		wrong += value_loaded() != 100 + i;
		kept = page_table_loaded();
		address_space_activate(NULL); /* a task without a space: all stays as it is */
		wrong += page_table_loaded() != kept;
	}
	page_table_load(before);
	for (unsigned i = 0; i < 3; i++)
		address_space_put(spaces[i]);
	observe("wrong=%lu", wrong);
}
KTEST(spaces_apart);

static void spaces_last_put(void)
{
	struct address_space *space;
	uint64_t used;

	address_space_put(address_space_create()); /* the first makes what all need */
	used = frames_used();
	space = space_make(7);
	address_space_activate(space);
	address_space_get(space);
	address_space_put(space);
	observe("with an owner: loaded=%d value=%lu", page_table_loaded() == space->root,
		value_loaded());
	address_space_put(space);
	observe("without: kernel's=%d value=%lu", page_table_loaded() == kernel_root,
		value_loaded());
	observe("leaked=%ld", frames_used() - used);
}
KTEST(spaces_last_put);

static void spaces_refused(void)
{
	struct address_space *space;
	uint64_t used, leaked = 0;
	int refused = -1;

	address_space_put(address_space_create());
	used = frames_used();
	do {
		refused++;
		allocation_fail.countdown = refused + 1;
		space = address_space_create();
		allocation_fail.countdown = 0;
		if (space)
			address_space_put(space);
		leaked += frames_used() != used;
	} while (!space && refused < 20);
	observe("refused=%d leaked=%lu", refused > 0 && refused < 20, leaked);
}
KTEST(spaces_refused);

/* How many frames more it takes until so few are left that no new program should start. */
static uint64_t take_until_short(struct list *kept)
{
	uint64_t taken = 0;
	struct frame *frame;

	while (!frames_are_short() && (frame = frame_alloc(FRAME_ANONYMOUS, 0))) {
		list_add_last(kept, &frame->link);
		taken++;
	}
	return taken;
}

/* Frames there are, but they are for ending programs, not for beginning one. */
static void spaces_short(void)
{
	struct list kept = LIST_INIT(kept);
	struct frame *frame, *next;
	struct address_space *space;
	uint64_t used, taken;

	address_space_put(address_space_create());
	used = frames_used();
	taken = take_until_short(&kept);
	observe("taken=%d short=%d", taken > 0, frames_are_short());
	space = address_space_create();
	observe("refused=%d", !space);
	if (space)
		address_space_put(space);
	list_for_each_safe(frame, next, &kept, link) {
		list_remove(&frame->link);
		frame_put(frame);
	}
	space = address_space_create();
	observe("again=%d", space != NULL);
	if (space)
		address_space_put(space);
	observe("leaked=%ld", frames_used() - used);
}
KTEST(spaces_short);
