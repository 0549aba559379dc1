/* SPDX-License-Identifier: MIT */
/*
 * runs.c - contiguous runs of 2^order frames, and misuse, which must end in a panic.
 */
#include "ktest.h"
#include "lib/string.h"
#include "memory/frame_allocator.h"

static uint64_t frames_free(void)
{
	struct frame_statistics now;

	frame_statistics_get(&now);
	return now.free;
}

#define SLOTS 64
static struct frame *slots[SLOTS];
static unsigned orders[SLOTS];

static bool slots_overlap(unsigned a, unsigned b)
{
	return slots[a] < slots[b] + (1UL << orders[b]) && slots[b] < slots[a] + (1UL << orders[a]);
}

/* 4,000 random allocations and releases of all orders. */
static void runs_random(void)
{
	uint64_t free = frames_free(), overlaps = 0, misaligned = 0;

	for (int step = 0; step < 4000; step++) {
		unsigned i = ktest_random_below(SLOTS);

		if (slots[i]) {
			frame_put(slots[i]);
			slots[i] = NULL;
		} else {
			orders[i] = ktest_random_below(FRAME_ORDER_MAX);
			slots[i] = frame_alloc_run(orders[i], FRAME_KERNEL, 0);
			misaligned += (frame_physical(slots[i]) >> PAGE_SHIFT) %
				      (1UL << orders[i]) != 0;
			for (unsigned j = 0; j < SLOTS; j++)
				overlaps += j != i && slots[j] && slots_overlap(i, j);
		}
		if (step % 500 == 499)
			observe("used=%lu", free - frames_free());
	}
	for (unsigned i = 0; i < SLOTS; i++)
		if (slots[i])
			frame_put(slots[i]);
	observe("overlaps=%lu misaligned=%lu leaked=%ld", overlaps, misaligned,
		free - frames_free());
}
KTEST(runs_random);

static struct list kept = LIST_INIT(kept);

static uint64_t take_all(unsigned order)
{
	uint64_t taken = 0;
	struct frame *run;

	while ((run = frame_alloc_run(order, FRAME_KERNEL, 0))) {
		list_add_last(&kept, &run->link);
		taken++;
	}
	return taken;
}

static void put_all(void)
{
	struct frame *run, *next;

	list_for_each_safe(run, next, &kept, link) {
		list_remove(&run->link);
		frame_put(run);
	}
}

/* When memory came back in pieces, it can be had in large runs again. */
static void runs_merge(void)
{
	uint64_t free = frames_free(), large = take_all(FRAME_ORDER_MAX), rest = take_all(0), n = 0;
	struct frame *run, *next;

	observe("all=%d", (large << FRAME_ORDER_MAX) + rest == free);
	put_all();
	take_all(0);
	list_for_each_safe(run, next, &kept, link) { /* odd ones first, then even ones */
		if (n++ % 2) {
			list_remove(&run->link);
			frame_put(run);
		}
	}
	observe("pairs=%lu", take_all(1));
	put_all();
	observe("merged=%d", take_all(FRAME_ORDER_MAX) == large);
	put_all();
	observe("leaked=%ld", free - frames_free());
}
KTEST(runs_merge);

/* A run that cannot be had takes nothing. */
static void runs_refused(void)
{
	struct frame *again;
	uint64_t left;

	take_all(3);
	left = frames_free();
	observe("larger=%d", frame_alloc_run(4, FRAME_KERNEL, 0) != NULL);
	observe("largest=%d", frame_alloc_run(FRAME_ORDER_MAX, FRAME_KERNEL, 0) != NULL);
	observe("unchanged=%d", frames_free() == left);
	observe("nothing_to_reclaim=%d", frame_alloc_run(FRAME_ORDER_MAX, FRAME_KERNEL, FRAME_MAY_RECLAIM) != NULL);
	put_all();
	again = frame_alloc_run(FRAME_ORDER_MAX, FRAME_KERNEL, 0);
	observe("again=%d", again != NULL);
	if (again)
		frame_put(again);
}
KTEST(runs_refused);

/* ---- bugs of the caller ---- */

static void frames_double_put(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

	frame_put(frame);
	observe("first put");
	frame_put(frame);
	observe("second put");
}
KTEST(frames_double_put);

/* The same after it has long gone back into a large run. */
static void frames_late_put(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

	frame_put(frame);
	take_all(0);
	put_all();
	observe("first put");
	frame_put(frame);
	observe("second put");
}
KTEST(frames_late_put);

static void frames_inside_put(void)
{
	struct frame *run = frame_alloc_run(4, FRAME_KERNEL, 0);

	observe("run");
	frame_put(run + 1 + ktest_random_below(15));
	observe("put");
}
KTEST(frames_inside_put);

static void frames_foreign_put(void)
{
	observe("kernel");
	frame_put(frame_of(physical_of(image_start)));
	observe("put");
}
KTEST(frames_foreign_put);
