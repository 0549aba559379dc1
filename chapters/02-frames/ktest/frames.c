/* SPDX-License-Identifier: MIT */
/*
 * frames.c - the allocator on the machine's own RAM: who gets what, how often, at what price.
 *
 * Frames are kept on lists through their descriptors' links, which belong to the owner.
 */
#include "ktest.h"
#include "lib/string.h"
#include "memory/frame_allocator.h"

static struct list kept = LIST_INIT(kept);

static uint64_t frames_free(void)
{
	struct frame_statistics now;

	frame_statistics_get(&now);
	return now.free;
}

/* Takes runs of one order until there are no more; returns how many. */
static uint64_t take_all(unsigned order)
{
	uint64_t taken = 0;
	struct frame *frame;

	while ((frame = frame_alloc_run(order, FRAME_KERNEL, 0))) {
		list_add_last(&kept, &frame->link);
		taken++;
	}
	return taken;
}

static void put_all(void)
{
	struct frame *frame, *next;

	list_for_each_safe(frame, next, &kept, link) {
		list_remove(&frame->link);
		frame_put(frame);
	}
}

static bool overlaps(physical_address at, physical_address start, physical_address end)
{
	return at < end && at + PAGE_SIZE > start;
}

/* Frames that must never be given away. */
static bool is_forbidden(physical_address at)
{
	physical_address table = physical_of(frame_table);

	return at == 0 || overlaps(at, physical_of(image_start), physical_of(image_end)) ||
	       overlaps(at, boot_info.module_start, boot_info.module_end) ||
	       overlaps(at, table, table + PAGE_SIZE);
}

static bool firmware_allows(physical_address at)
{
	bool usable = false;

	for (unsigned i = 0; i < boot_info.range_count; i++) {
		const struct memory_range *range = &boot_info.ranges[i];

		if (!overlaps(at, range->start, range->end))
			continue;
		if (range->kind != MEMORY_USABLE)
			return false;
		usable |= at >= range->start && at + PAGE_SIZE <= range->end;
	}
	return usable;
}

/* Every frame is given exactly once, and none that is somebody else's. */
static void frames_all(void)
{
	uint64_t free = frames_free(), wrong = 0, doubled = 0, bad_count = 0;
	uint64_t taken = take_all(0);
	struct frame *frame;

	list_for_each(frame, &kept, link) {
		wrong += is_forbidden(frame_physical(frame)) ||
			 !firmware_allows(frame_physical(frame));
		bad_count += frame->count != 1;
		*(uint64_t *)frame_address(frame) = frame_physical(frame);
	}
	list_for_each(frame, &kept, link)
		doubled += *(uint64_t *)frame_address(frame) != frame_physical(frame);
	observe("as_many_as_free=%d", taken == free);
	observe("left=%lu wrong=%lu doubled=%lu count_not_one=%lu", frames_free(), wrong, doubled,
		bad_count);
	observe("another=%d", frame_alloc(FRAME_KERNEL, 0) != NULL);
	put_all();
	observe("all_back=%d", frames_free() == free);
}
KTEST(frames_all);

/* All free RAM is overwritten: neither the kernel nor the module may notice. */
static void frames_scribble(void)
{
	const uint8_t *bytes = direct_map(boot_info.module_start);
	uint64_t length = boot_info.module_end - boot_info.module_start, hash = 0xcbf29ce484222325;
	struct frame *frame;

	take_all(0);
	list_for_each(frame, &kept, link)
		memset(frame_address(frame), 0xa5, PAGE_SIZE);
	put_all();
	for (uint64_t i = 0; i < length; i++)
		hash = (hash ^ bytes[i]) * 0x100000001b3;
	observe("module=%lx", hash);
	observe("managed: zero=%d kernel=%d module=%d", frame_is_managed(0),
		frame_is_managed(physical_of(image_start)),
		frame_is_managed(boot_info.module_start));
}
KTEST(frames_scribble);

/* The last owner frees, and only the last. */
static void frames_shared(void)
{
	uint64_t free = frames_free();
	struct frame *frame = frame_alloc(FRAME_ANONYMOUS, 0);
	int owners = 1 + ktest_random_below(1000);

	for (int i = 0; i < owners; i++)
		frame_get(frame);
	observe("owners=%u", frame->count);
	for (int i = 0; i < owners; i++)
		frame_put(frame);
	observe("one_left: count=%u used=%lu", frame->count, free - frames_free());
	frame_put(frame);
	observe("none_left: used=%lu", free - frames_free());
}
KTEST(frames_shared);

/* Of two neighbouring runs, one is freed and asked for again as zeros: is the other one touched? */
static bool neighbour_is_kept(unsigned order)
{
	struct frame *low = frame_alloc_run(order, FRAME_KERNEL, 0), *high;
	bool kept_all = true;

	while ((high = frame_alloc_run(order, FRAME_KERNEL, 0)) != low + (1UL << order)) {
		list_add_last(&kept, &low->link);
		low = high;
	}
	memset(frame_address(high), 0xff, PAGE_SIZE << order);
	frame_put(low);
	low = frame_alloc_run(order, FRAME_KERNEL, FRAME_ZERO);
	for (uint64_t j = 0; j < (PAGE_SIZE << order) / 8; j++)
		kept_all &= ((uint64_t *)frame_address(high))[j] == ~0UL;
	kept_all &= low + (1UL << order) == high;
	list_add_last(&kept, &low->link);
	list_add_last(&kept, &high->link);
	put_all();
	return kept_all;
}

/* Clearing what the owner overwrites anyway would be work for nothing. */
static bool is_cleared_unasked(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);
	bool cleared;

	memset(frame_address(frame), 0xff, PAGE_SIZE);
	frame_put(frame);
	frame = frame_alloc(FRAME_KERNEL, 0);
	cleared = !*(uint64_t *)frame_address(frame);
	frame_put(frame);
	return cleared;
}

/* Zeroed frames are zero, whatever was in them, and only they. */
static void frames_zeroed(void)
{
	uint64_t dirty = 0;
	struct frame *frame;

	for (int i = 0; i < 100; i++) {
		frame = frame_alloc_run(i % 4, FRAME_KERNEL, 0);
		memset(frame_address(frame), 0xff, PAGE_SIZE << (i % 4));
		frame_put(frame);
		frame = frame_alloc_run(i % 4, FRAME_KERNEL, FRAME_ZERO);
		for (uint64_t j = 0; j < (PAGE_SIZE << (i % 4)) / 8; j++)
			dirty += ((uint64_t *)frame_address(frame))[j] != 0;
		list_add_last(&kept, &frame->link);
	}
	put_all();
	observe("dirty=%lu", dirty);
	for (unsigned order = 1; order < 4; order++)
		observe("neighbour_%u=%d", order, neighbour_is_kept(order));
	observe("cleared_unasked=%d", is_cleared_unasked());
}
KTEST(frames_zeroed);

/* What each kind has is counted, and it adds up. */
static void frames_kinds(void)
{
	struct frame_statistics before, after;
	uint64_t sum;

	frame_statistics_get(&before);
	for (int i = 0; i < 200; i++) {
		unsigned order = ktest_random_below(3), kind = ktest_random_below(FRAME_KINDS);
		struct frame *frame = frame_alloc_run(order, kind, 0);

		list_add_last(&kept, &frame->link);
	}
	frame_set_kind(list_first(&kept, struct frame, link), FRAME_CACHE);
	frame_statistics_get(&after);
	sum = after.free;
	for (int kind = 0; kind < FRAME_KINDS; kind++) {
		sum += after.by_kind[kind];
		observe("kind %d: %lu", kind, after.by_kind[kind] - before.by_kind[kind]);
	}
	observe("adds_up=%d", sum == after.total && after.total == before.total);
	put_all();
	frame_statistics_get(&after);
	observe("as_before=%d", !memcmp(after.by_kind, before.by_kind, sizeof(after.by_kind)));
}
KTEST(frames_kinds);

/* Programs and caches leave the last frames to the kernel. */
static void frames_reserve(void)
{
	uint64_t taken = 0;
	struct frame *frame;

	while ((frame = frame_alloc(FRAME_ANONYMOUS, 0))) {
		list_add_last(&kept, &frame->link);
		taken++;
	}
	observe("left=%lu", frames_free());
	observe("cache=%d", frame_alloc(FRAME_CACHE, 0) != NULL);
	observe("kernel=%lu", take_all(0));
	put_all();
}
KTEST(frames_reserve);

/* The n-th allocation from now fails, once. */
static void frames_fail(void)
{
	char line[21] = "";
	int nth = 1 + ktest_random_below(20);

	allocation_fail.countdown = nth;
	for (int i = 0; i < 20; i++) {
		struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

		line[i] = frame ? '+' : '-';
		if (frame)
			list_add_last(&kept, &frame->link);
	}
	put_all();
	observe("%s", line);
}
KTEST(frames_fail);

static uint64_t price(void)
{
	uint64_t start = tsc_read();

	for (int i = 0; i < 1000; i++) {
		struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

		if (frame)
			frame_put(frame);
	}
	return tsc_read() - start;
}

/* A frame costs the same when nearly all are taken as when all are free. */
static void frames_price(void)
{
	uint64_t before = price(), full;
	struct frame *frame;

	take_all(0);
	for (int i = 0; i < 1000; i++) { /* a few come back, from all over */
		frame = i % 2 ? list_first(&kept, struct frame, link)
			      : list_last(&kept, struct frame, link);
		list_remove(&frame->link);
		frame_put(frame);
	}
	full = price();
	put_all();
	observe("steady=%d", full < 2 * before && before < 2 * full);
}
KTEST(frames_price);

/* Boot initialises no descriptor of memory that nobody has asked for. */
static void frames_lazy(void)
{
	struct frame_statistics now;

	frame_statistics_get(&now);
	observe("most_untouched=%d", now.blocks_touched < now.total / 1024 / 4);
	observe("total_is_right=%d", now.total > 2900UL << 8 && now.total < 3072UL << 8);
}
KTEST(frames_lazy);
