/* SPDX-License-Identifier: MIT */
/*
 * slabs.c - caches of one kind of object: their accounts, their slabs, and misuse.
 */
#include "ktest.h"
#include "lib/string.h"
#include "memory/heap.h"

struct thing {
	char text[72];
};
static struct slab_cache things = SLAB_CACHE("thing", struct thing);
static struct slab_cache lines = SLAB_CACHE_ALIGNED("line", char[40], 64);

#define MANY 1000
static struct thing *kept[MANY];

static void take_many(void)
{
	for (int i = 0; i < MANY; i++)
		kept[i] = slab_alloc(&things);
}

static void fill_many(void)
{
	for (int i = 0; i < MANY; i++)
		memset(kept[i], i, sizeof(*kept[i]));
}

static void free_many(void)
{
	for (int i = 0; i < MANY; i++)
		slab_free(&things, kept[i]);
}

/* What a cache says of itself. */
static void slab_accounts(void)
{
	struct slab_cache *cache = NULL;
	int found = 0;

	take_many();
	observe("used=%lu", things.used);
	for (int i = 0; i < MANY; i += 3)
		slab_free(&things, kept[i]);
	observe("used=%lu allocations=%lu frees=%lu", things.used, things.allocations, things.frees);
	while ((cache = slab_cache_next(cache)))
		found += cache == &things;
	observe("listed=%d", found);
	for (int i = 0; i < MANY; i++)
		if (i % 3)
			slab_free(&things, kept[i]);
	heap_shrink();
	observe("used=%lu slabs=%lu", things.used, things.slabs);
}
KTEST(slab_accounts);

/* Objects do not overlap, lie aligned, and not across the end of their slab. */
static void slab_places(void)
{
	static char *objects[MANY];
	uint64_t damaged = 0, misaligned = 0;

	take_many();
	fill_many();
	for (int i = 0; i < MANY; i++) {
		objects[i] = slab_alloc(&lines);
		misaligned += (uint64_t)objects[i] % 64 != 0;
		memset(objects[i], ~i, 40);
	}
	for (int i = 0; i < MANY; i++) {
		for (unsigned j = 0; j < sizeof(kept[i]->text); j++)
			damaged += kept[i]->text[j] != (char)i;
		for (unsigned j = 0; j < 40; j++)
			damaged += objects[i][j] != (char)~i;
		slab_free(&lines, objects[i]);
	}
	free_many();
	observe("damaged=%lu misaligned=%lu", damaged, misaligned);
}
KTEST(slab_places);

/* Room in slabs that are not full is used before new slabs are taken. */
static void slab_reuse(void)
{
	uint64_t slabs, refilled;
	struct thing *rest[64];
	unsigned count = 0;

	take_many();
	slabs = things.slabs;
	for (int i = 0; i < MANY; i += 10)
		slab_free(&things, kept[i]);
	for (int i = 0; i < MANY; i += 10)
		kept[i] = slab_alloc(&things);
	refilled = things.slabs;
	observe("more=%ld", refilled - slabs);
	for (unsigned i = 0; i < MANY; i += things.per_slab) /* one of each */
		slab_free(&things, kept[i]);
	for (unsigned i = 0; i < MANY; i += things.per_slab)
		kept[i] = slab_alloc(&things);
	observe("more=%ld", things.slabs - slabs);
	while (things.used % things.per_slab && count < array_size(rest))
		rest[count++] = slab_alloc(&things);
	for (int round = 0; round < 1000; round++) { /* in and out at a border of slabs */
		struct thing *thing = slab_alloc(&things);

		slab_free(&things, thing);
	}
	observe("more=%d", things.slabs > slabs + 1);
	while (count > 0)
		slab_free(&things, rest[--count]);
	free_many();
}
KTEST(slab_reuse);

/* Slabs without objects can be given back; one with a single object cannot.  Two without are kept. */
static void slab_return(void)
{
	struct frame_statistics before, after;
	struct thing *last;

	for (int round = 0; round < 3; round++) {
		take_many();
		free_many();
		observe("kept=%lu", things.slabs);
	}
	take_many();
	fill_many();
	last = kept[MANY / 2];
	heap_shrink();
	frame_statistics_get(&before);
	for (int i = 0; i < MANY; i++)
		if (kept[i] != last)
			slab_free(&things, kept[i]);
	heap_shrink();
	frame_statistics_get(&after);
	observe("returned=%d slabs=%lu", after.free > before.free, things.slabs);
	observe("intact=%d", last->text[0] == (char)(MANY / 2) && last->text[71] == last->text[0]);
	slab_free(&things, last);
	heap_shrink();
	observe("slabs=%lu", things.slabs);
}
KTEST(slab_return);

/* ---- bugs of the caller ---- */

static void slab_double_free(void)
{
	take_many();
	slab_free(&things, kept[3]);
	slab_free(&things, kept[5]);
	slab_free(&things, kept[7]);
	observe("freed");
	slab_free(&things, kept[5]);
	observe("freed again");
}
KTEST(slab_double_free);

static void heap_double_free(void)
{
	void *object = kmalloc(20000);

	kfree(object);
	observe("freed");
	kfree(object);
	observe("freed again");
}
KTEST(heap_double_free);

static void heap_inside_free(void)
{
	char *object = kmalloc(20000);

	observe("taken");
	kfree(object + 16);
	observe("freed");
}
KTEST(heap_inside_free);

/* What kmalloc() never gave: a frame that serves something else. */
static void heap_kind_free(void)
{
	struct frame *frame = frame_alloc(FRAME_PAGE_TABLE, 0);

	observe("taken");
	kfree(frame_address(frame));
	observe("freed");
}
KTEST(heap_kind_free);

static void slab_inside_free(void)
{
	char *object = kmalloc(64);

	observe("taken");
	kfree(object + 8);
	observe("freed");
}
KTEST(slab_inside_free);

static void slab_wrong_cache(void)
{
	struct thing *thing = slab_alloc(&things);

	slab_free(&lines, slab_alloc(&lines)); /* both caches are in use */
	observe("taken");
	slab_free(&lines, thing);
	observe("freed");
}
KTEST(slab_wrong_cache);

/* A write to a freed object destroys the link in it; it is not followed, not even to an address
 * in the same slab, where an object could be. */
static void slab_late_write(void)
{
	struct thing *victim;

	take_many();
	victim = kept[0];
	slab_free(&things, kept[1]);
	slab_free(&things, kept[2]);
	observe("freed");
	*(void **)kept[2] = victim;
	for (int i = 0; i < 3; i++)
		*(volatile uint64_t *)slab_alloc(&things) = 1;
	observe("went on");
}
KTEST(slab_late_write);
