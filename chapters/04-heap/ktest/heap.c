/* SPDX-License-Identifier: MIT */
/*
 * heap.c - objects of any size: where they lie, what is in them, what they cost.
 */
#include "arch/arch.h"
#include "ktest.h"
#include "lib/string.h"
#include "memory/heap.h"

static uint64_t frames_used(void)
{
	struct frame_statistics now;

	heap_shrink();
	frame_statistics_get(&now);
	return now.total - now.free;
}

/* Each size around each border: room for every byte, aligned, written to the last byte. */
static void heap_sizes(void)
{
	static void *objects[5000];
	uint64_t misaligned = 0, small = 0, damaged = 0;

	for (size_t bytes = 1; bytes < array_size(objects); bytes++) {
		uint64_t align = bytes >= 4096 ? 4096 : bytes > 8 ? 16 : 8;
		void *object = objects[bytes] = kmalloc(bytes);

		misaligned += (uint64_t)object % align != 0;
		small += kmalloc_size(object) < bytes;
		memset(object, (int)bytes, bytes);
	}
	for (size_t bytes = 1; bytes < array_size(objects); bytes++) {
		for (size_t i = 0; i < bytes; i++)
			damaged += ((uint8_t *)objects[bytes])[i] != (uint8_t)bytes;
		kfree(objects[bytes]);
	}
	observe("misaligned=%lu small=%lu damaged=%lu", misaligned, small, damaged);
}
KTEST(heap_sizes);

/* Requests that cannot be served are refused, not rounded to nothing. */
static void heap_refused(void)
{
	uint64_t used = frames_used();
	void *large;

	observe("zero=%d", kmalloc(0) != NULL);
	observe("huge=%d", kmalloc(~0UL) != NULL);
	observe("nearly_huge=%d", kmalloc(~0UL - 4095) != NULL);
	observe("too_large=%d", kmalloc((4UL << 20) + 1) != NULL);
	large = kmalloc(4UL << 20);
	observe("largest=%d", large != NULL);
	kfree(large);
	observe("product=%d", kcalloc(1UL << 32, 1UL << 32) != NULL);
	observe("product_wraps_small=%d", kcalloc((1UL << 61) + 1, 8) != NULL);
	kfree(NULL);
	observe("leaked=%ld", frames_used() - used);
}
KTEST(heap_refused);

#define SLOTS 500
static struct slot {
	uint8_t *bytes;
	size_t length;
	uint8_t fill;
} slots[SLOTS];

static uint64_t slot_damage(const struct slot *slot, size_t length)
{
	uint64_t damage = 0;

	for (size_t i = 0; i < length; i++)
		damage += slot->bytes[i] != slot->fill;
	return damage;
}

static size_t random_length(void)
{
	return 1 + ktest_random_below(1UL << ktest_random_below(15));
}

/* Takes, resizes or frees one slot; returns the bytes that were not as they had been left. */
static uint64_t slot_step(struct slot *slot)
{
	size_t length;
	uint64_t damage = 0;

	if (!slot->bytes) {
		slot->length = random_length();
		slot->bytes = kmalloc(slot->length);
	} else if (ktest_random_below(2)) {
		damage = slot_damage(slot, slot->length);
		kfree(slot->bytes);
		slot->bytes = NULL;
		return damage;
	} else {
		length = random_length();
		slot->bytes = krealloc(slot->bytes, length);
		damage = slot_damage(slot, min(length, slot->length));
		slot->length = length;
	}
	slot->fill = ktest_random();
	memset(slot->bytes, slot->fill, slot->length);
	return damage;
}

/* 20,000 random steps; nobody's bytes may change meanwhile. */
static void heap_random(void)
{
	uint64_t used = frames_used(), damage = 0, live = 0;

	for (int i = 0; i < 20000; i++)
		damage += slot_step(&slots[ktest_random_below(SLOTS)]);
	for (int i = 0; i < SLOTS; i++) {
		if (!slots[i].bytes)
			continue;
		live += slots[i].length;
		damage += slot_damage(&slots[i], slots[i].length);
		kfree(slots[i].bytes);
	}
	observe("damage=%lu live_at_end=%lu leaked=%ld", damage, live, frames_used() - used);
}
KTEST(heap_random);

/* Growing keeps what was there; a refusal changes nothing. */
static void heap_realloc(void)
{
	char *text = krealloc(NULL, 8), *same;
	int kept = 1;

	string_copy(text, "strix", 8);
	for (size_t bytes = 16; bytes <= 65536; bytes *= 2) {
		text = krealloc(text, bytes);
		kept &= !strcmp(text, "strix");
		memset(text + 8, 0xff, bytes - 8);
	}
	observe("kept=%d", kept);
	same = text;
	text = krealloc(text, 65536);
	observe("same=%d", text == same);
	observe("too_large=%d", krealloc(text, 1UL << 40) != NULL);
	allocation_fail.countdown = 1;
	same = krealloc(text, 100000);
	allocation_fail.countdown = 0;
	observe("refused=%d untouched=%d", same == NULL, !strcmp(text, "strix"));
	text = krealloc(text, 6);
	observe("shrunk=%s", text);
	same = krealloc(text, 0);
	observe("to_nothing=%d untouched=%d", same != NULL, !strcmp(text, "strix"));
	kfree(text);
	text = kstrdup("a copy");
	observe("%s", text);
	kfree(text);
}
KTEST(heap_realloc);

/* What is asked to be zero is zero, whatever was there. */
static void heap_zeroed(void)
{
	uint64_t dirty = 0;

	for (size_t bytes = 1; bytes < 20000; bytes += bytes / 4 + 1) {
		uint8_t *object = kmalloc(bytes);

		memset(object, 0xff, bytes);
		kfree(object);
		object = kzalloc(bytes);
		for (size_t i = 0; i < bytes; i++)
			dirty += object[i];
		kfree(object);
		object = kcalloc(3, bytes);
		for (size_t i = 0; i < 3 * bytes; i++)
			dirty += object[i];
		kfree(object);
	}
	observe("dirty=%lu", dirty);
}
KTEST(heap_zeroed);

/* The n-th allocation fails, for every n: each failure is told, nothing is lost. */
static void heap_fail(void)
{
	uint64_t used = frames_used(), leaked = 0;
	int failures = 0;

	for (int n = 1; n <= 40; n++) {
		void *objects[10];

		allocation_fail.countdown = n;
		for (int i = 0; i < 10; i++) {
			objects[i] = kmalloc(1UL << (i + 4));
			failures += !objects[i];
		}
		allocation_fail.countdown = 0;
		for (int i = 0; i < 10; i++)
			kfree(objects[i]);
		leaked += frames_used() != used;
	}
	observe("failed=%d leaked=%lu", failures >= 10 && failures <= 40, leaked);
}
KTEST(heap_fail);

/* All memory is taken in small pieces and comes back whole. */
static void heap_exhaust(void)
{
	uint64_t used = frames_used(), taken = 0;
	void **last = NULL, **object;
	struct frame_statistics now;

	while ((object = kmalloc(2048))) {
		*object = last;
		last = object;
		taken++;
	}
	frame_statistics_get(&now);
	observe("most=%d", taken * 2048 > (now.total - used) * PAGE_SIZE / 10 * 9);
	observe("another=%d larger=%d", kmalloc(2048) != NULL, kmalloc(1 << 20) != NULL);
	for (; last; last = object) {
		object = *last;
		kfree(last);
	}
	observe("leaked=%ld", frames_used() - used);
	object = kmalloc(1 << 20);
	observe("large_again=%d", object != NULL);
	kfree(object);
}
KTEST(heap_exhaust);

#define MANY 100000
static uint64_t price(void)
{
	uint64_t start = tsc_read();

	for (int i = 0; i < 1000; i++)
		kfree(kmalloc(100));
	return tsc_read() - start;
}

/* To grow a small object to 4 MiB: at best the price of taking so much and of copying what is
 * there. */
static uint64_t growth_price(void)
{
	uint64_t start;
	void *object;

	kfree(kmalloc(4 << 20)); /* what the first large run costs the frame allocator */
	object = kmalloc(8);
	start = tsc_read();
	object = krealloc(object, 4 << 20);
	start = tsc_read() - start;
	kfree(object);
	return start;
}

/* An object costs the same beside 100,000 others, of which every other one was freed; to move it
 * costs what it holds. */
static void heap_price(void)
{
	uint64_t alone = price(), crowded;
	void **objects = kmalloc(MANY * sizeof(void *));

	for (int i = 0; i < MANY; i++)
		objects[i] = kmalloc(100);
	for (int i = 0; i < MANY; i += 2)
		kfree(objects[i]);
	crowded = price();
	for (int i = 1; i < MANY; i += 2)
		kfree(objects[i]);
	kfree(objects);
	observe("steady=%d", crowded < 2 * alone);
	observe("growth=%d", growth_price() < alone); /* 1,000 pairs of kmalloc() and kfree() */
}
KTEST(heap_price);
