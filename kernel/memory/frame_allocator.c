/* SPDX-License-Identifier: MIT */
/*
 * frame_allocator.c - gives frames to owners and takes them back.
 *
 * Three stages, from fast to slow: a stack of ready single frames, so that the common allocation
 * is a pop and the common release a push; the buddy system's runs (frame_buddy.c); and reclaim,
 * when the caller allows it.  Every frame in use has one kind, and the counts by kind plus the
 * free ones are always the total.
 *
 * Invariants: a ready frame has count 0 and state FRAME_READY; an owned run has count >= 1 and
 * state FRAME_OWNED in its first descriptor.  A put of anything else is caught right there,
 * because only an owned first frame can have a count.
 *
 * The reserve: programs' pages and file caches (kinds from FRAME_ANONYMOUS on) are refused while
 * fewer than FRAME_RESERVE frames are free. What is left lets the kernel make the page tables,
 * stacks and signal frames that it takes to end somebody.
 *
 * Locks: frames.lock guards everything here and is held for a few instructions; contents are
 * cleared and poisoned outside of it. Callable from interrupts, except with FRAME_MAY_RECLAIM.
 */
#include "memory/frame_allocator.h"

#include "config.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "lock/spinlock.h"
#include "memory/frame_buddy.h"
#include "memory/memory_map.h"

#define BOOT_MAPPED (4UL << 30) /* boot.S maps this much RAM; the rest waits for page tables */

/* One processor's ready frames; the most recently freed, whose contents are in its caches,
 * first. */
#define READY_ROOM  512
#define READY_ORDER 5 /* it is filled by runs of up to 1 << 5, and emptied by as many frames */
struct ready_frames {
	unsigned count;
	struct frame *frames[READY_ROOM];
};

static struct {
	struct spinlock lock;
	uint64_t total, free; /* guarded by lock */
	uint64_t by_kind[FRAME_KINDS];
	struct ready_frames ready;
	struct memory_map map; /* constant after frames_init() */
} frames;

struct allocation_fail allocation_fail;

bool allocation_fail_now(void)
{
	if (allocation_fail.task && allocation_fail.task != current)
		return false;
	return --allocation_fail.countdown == 0;
}

/* ---- ready frames ---- */

static bool ready_fill(struct ready_frames *ready)
{
	unsigned order = READY_ORDER;
	struct frame *run = buddy_take_smallest(&order);

	if (!run)
		return false;
	for (unsigned i = 1U << order; i-- > 0;) { /* lowest address on top */
		run[i].state = FRAME_READY;
		ready->frames[ready->count++] = &run[i];
	}
	return true;
}

/* Gives `how_many` of the least recently freed back to the buddy system. */
static void ready_drain(struct ready_frames *ready, unsigned how_many)
{
	/* The bottom of the stack is what was freed longest ago and is least likely to be
	 * cached. */
	for (unsigned i = 0; i < how_many; i++) {
		ready->frames[i]->state = FRAME_NOTHING;
		buddy_give(ready->frames[i], 0);
	}
	ready->count -= how_many;
	memmove(ready->frames, ready->frames + how_many, ready->count * sizeof(struct frame *));
}

static struct frame *ready_pop(struct ready_frames *ready)
{
	if (unlikely(ready->count == 0) && !ready_fill(ready))
		return NULL;
	return ready->frames[--ready->count];
}

static void ready_push(struct ready_frames *ready, struct frame *frame)
{
	debug_assert(frame->count == 0 && frame->order == 0);
	if (unlikely(ready->count == READY_ROOM))
		ready_drain(ready, 1U << READY_ORDER);
	frame->state = FRAME_READY;
	ready->frames[ready->count++] = frame;
}

/* ---- allocation ---- */

static void run_own(struct frame *frame, unsigned order, enum frame_kind kind)
{
	debug_assert(frames.free >= 1UL << order);
	assert(frame->count == 0);
	frame->count = 1;
	frame->state = FRAME_OWNED;
	frame->order = order;
	frame->kind = kind;
	frame->flags = 0;
	frames.free -= 1UL << order;
	frames.by_kind[kind] += 1UL << order;
}

static inline struct frame *run_take(unsigned order, enum frame_kind kind)
{
	struct frame *run;

	if (unlikely(frames.free < FRAME_RESERVE + (1UL << order)) && kind >= FRAME_ANONYMOUS)
		return NULL;
	if (order == 0)
		return ready_pop(&frames.ready);
	run = buddy_take(order);
	if (run || frames.ready.count == 0)
		return run;
	ready_drain(&frames.ready, frames.ready.count); /* its frames may complete a run */
	return buddy_take(order);
}

static inline struct frame *run_alloc_once(unsigned order, enum frame_kind kind)
{
	uint64_t interrupts = spinlock_acquire(&frames.lock);
	struct frame *frame = run_take(order, kind);

	if (likely(frame))
		run_own(frame, order, kind);
	spinlock_release(&frames.lock, interrupts);
	return frame;
}

/* `inline` because nearly all are of order 0, for which little remains. */
static inline struct frame *run_alloc(unsigned order, enum frame_kind kind, unsigned flags)
{
	struct frame *frame;

	assert(order <= FRAME_ORDER_MAX && kind < FRAME_KINDS);
	if (allocation_fails())
		return NULL;
	do
		frame = run_alloc_once(order, kind);
	while (unlikely(!frame) && (flags & FRAME_MAY_RECLAIM) && reclaim(1UL << order));
	if (flags & FRAME_ZERO)
		for (unsigned i = 0; frame && i < 1U << order; i++)
			page_clear(frame_address(frame + i));
	return frame;
}

struct frame *frame_alloc_run(unsigned order, enum frame_kind kind, unsigned flags)
{
	return run_alloc(order, kind, flags);
}

struct frame *frame_alloc(enum frame_kind kind, unsigned flags)
{
	return run_alloc(0, kind, flags);
}

/* ---- release ---- */

static void run_poison(struct frame *frame)
{
	for (unsigned i = 0; i < 1U << frame->order; i++)
		memset(frame_address(frame + i), 0x6b, PAGE_SIZE);
}

void frame_put_slow(struct frame *frame)
{
	uint64_t interrupts;

	assert(buddy_knows(frame));
	assert(frame->state == FRAME_OWNED && frame->count == 1);
	debug_assert(frame->kind < FRAME_KINDS && frame->order <= FRAME_ORDER_MAX);
	if (DEBUG)
		/* A use after this reads 0x6b6b...: no valid pointer (not canonical), and easy to
		 * recognise. */
		run_poison(frame);
	interrupts = spinlock_acquire(&frames.lock);
	frame->count = 0;
	frames.free += 1UL << frame->order;
	frames.by_kind[frame->kind] -= 1UL << frame->order;
	if (frame->order == 0) {
		ready_push(&frames.ready, frame);
	} else {
		frame->state = FRAME_NOTHING;
		buddy_give(frame, frame->order);
	}
	spinlock_release(&frames.lock, interrupts);
}

void frame_set_kind(struct frame *frame, enum frame_kind kind)
{
	uint64_t interrupts = spinlock_acquire(&frames.lock);

	assert(frame->state == FRAME_OWNED);
	debug_assert(kind < FRAME_KINDS && frames.by_kind[frame->kind] >= 1UL << frame->order);
	frames.by_kind[frame->kind] -= 1UL << frame->order;
	frames.by_kind[kind] += 1UL << frame->order;
	frame->kind = kind;
	spinlock_release(&frames.lock, interrupts);
}

/* ---- statistics ---- */

bool frames_are_short(void)
{
	return read_once(frames.free) < FRAME_RESERVE + FRAME_RESERVE / 2;
}

bool frame_is_managed(physical_address at)
{
	return memory_map_has(&frames.map, at);
}

void frame_statistics_get(struct frame_statistics *statistics)
{
	uint64_t interrupts = spinlock_acquire(&frames.lock);

	statistics->total = frames.total;
	statistics->free = frames.free;
	memcpy(statistics->by_kind, frames.by_kind, sizeof(frames.by_kind));
	statistics->blocks_touched = buddy_blocks_touched();
	spinlock_release(&frames.lock, interrupts);
}

/* ---- boot ---- */

/* Takes the table for RAM up to `end` out of `map`; memory that it cannot describe is given up. */
static void table_place(struct memory_map *map, physical_address end)
{
	physical_address table;

	assert(end);
	while (!(table = memory_map_place(map, buddy_table_bytes(end), BOOT_MAPPED))) {
		kprintf(LOG_WARNING, "memory: no room to describe RAM up to %#lx\n", end);
		end /= 2;
		memory_map_remove(map, end, ~0UL);
	}
	memory_map_remove(map, table, table + buddy_table_bytes(end));
	buddy_init(direct_map(table), end);
}

/* Takes over the part of each run that lies in [from, to). */
static void runs_add(physical_address from, physical_address to)
{
	for (unsigned i = 0; i < frames.map.count; i++) {
		uint64_t first = max(frames.map.runs[i].start, from) >> PAGE_SHIFT;
		uint64_t end = min(frames.map.runs[i].end, to) >> PAGE_SHIFT;

		if (first >= end)
			continue;
		buddy_add(first, end);
		frames.total += end - first;
		frames.free += end - first;
	}
}

static void module_adopt(void)
{
	uint64_t first = boot_info.module_start >> PAGE_SHIFT;
	uint64_t end = round_up(boot_info.module_end, PAGE_SIZE) >> PAGE_SHIFT;

	if (boot_info.module_start == boot_info.module_end)
		return;
	buddy_add_owned(first, end);
	frames.total += end - first;
	frames.by_kind[FRAME_KERNEL] += end - first;
}

void frames_init(void)
{
	struct memory_map *map = &frames.map;
	physical_address end;

	memory_map_build(map, boot_info.ranges, boot_info.range_count);
	end = memory_map_end(map); /* the module may be the last in RAM */
	memory_map_remove(map, 0, PAGE_SIZE); /* so that 0 is no frame's address */
	/* Before the table is placed: it must not land on the image or the initramfs. */
	memory_map_remove(map, physical_of(image_start), physical_of(image_end));
	memory_map_remove(map, boot_info.module_start, boot_info.module_end);
	table_place(map, end);
	runs_add(0, BOOT_MAPPED);
	module_adopt();
	kprintf(LOG_INFO, "memory: %lu KiB free below 4 GiB, table at %#lx\n",
		frames.free * (PAGE_SIZE / 1024), physical_of(frame_table));
}

void frames_init_high(void)
{
	uint64_t before = frames.free;

	runs_add(BOOT_MAPPED, ~0UL);
	if (frames.free != before)
		kprintf(LOG_INFO, "memory: %lu KiB more above 4 GiB\n",
			(frames.free - before) * (PAGE_SIZE / 1024));
}
