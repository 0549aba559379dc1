/* SPDX-License-Identifier: MIT */
/*
 * stacks.c - kernel stacks with their guards, and the radix trees that page caches are made of.
 */
#include "abi/errno.h"
#include "ktest.h"
#include "lib/radix.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/page_table.h"

#define STACKS 100
static char *tops[STACKS];

static uint64_t frames_used(void)
{
	struct frame_statistics now;

	kernel_stack_shrink();
	heap_shrink();
	page_table_shrink();
	frame_statistics_get(&now);
	return now.total - now.free;
}

/* Every byte of every stack is memory, and its own. */
static void stack_memory(void)
{
	uint64_t damaged = 0, used, guards = 0;

	kernel_stack_free(kernel_stack_alloc()); /* the range's first tables stay */
	used = frames_used();
	for (int i = 0; i < STACKS; i++) {
		tops[i] = kernel_stack_alloc();
		memset(tops[i] - KERNEL_STACK_SIZE, i, KERNEL_STACK_SIZE);
	}
	for (int i = 0; i < STACKS; i++) {
		for (unsigned j = 1; j <= KERNEL_STACK_SIZE; j++)
			damaged += tops[i][-(int)j] != (char)i;
		guards += kernel_stack_is_guard((uint64_t)tops[i] - KERNEL_STACK_SIZE - 1) &&
			  !kernel_stack_is_guard((uint64_t)tops[i] - KERNEL_STACK_SIZE) &&
			  !kernel_stack_is_guard((uint64_t)tops[i] - 1);
		kernel_stack_free(tops[i]);
	}
	observe("damaged=%lu guards=%lu leaked=%d", damaged, guards, frames_used() > used + 2);
}
KTEST(stack_memory);

/* A freed stack is taken again before a new one is made; where the n-th allocation for one fails,
 * nothing is lost. */
static void stack_reuse(void)
{
	char *top = kernel_stack_alloc(), *other;
	uint64_t used, leaked = 0;
	int refused = 0;

	kernel_stack_free(top);
	used = frames_used();
	for (int i = 0; i < 1000; i++) {
		other = kernel_stack_alloc();
		kernel_stack_free(other);
	}
	observe("leaked=%d", frames_used() > used);
	for (int n = 1; n <= 8; n++) { /* the stack itself, then frames and tables */
		allocation_fail.countdown = n;
		other = kernel_stack_alloc();
		allocation_fail.countdown = 0;
		refused += !other;
		if (other)
			kernel_stack_free(other);
		leaked += frames_used() > used;
	}
	observe("refused=%d leaked=%lu", refused >= 5, leaked);
}
KTEST(stack_reuse);

static void stack_guard(void)
{
	char *top = kernel_stack_alloc();

	*(volatile char *)(top - KERNEL_STACK_SIZE) = 1;
	observe("lowest byte");
	*(volatile char *)(top - KERNEL_STACK_SIZE - 1) = 1;
	observe("guard");
}
KTEST(stack_guard);

/* ---- radix trees ---- */

/* Small, large and huge indexes. */
static uint64_t random_index(void)
{
	static const uint64_t below[] = { 4, 200, 10000, 1UL << 40 };
	unsigned which = ktest_random_below(5);

	return which < 4 ? ktest_random_below(below[which]) : ~ktest_random_below(100);
}

/* Values are odd numbers that tell their index. */
static void *value_of(uint64_t index)
{
	return (void *)(index * 2 + 1);
}

static uint64_t radix_fold(struct radix *radix)
{
	uint64_t hash = 0, index = 0;
	void *value;

	while ((value = radix_next(radix, &index))) {
		hash = (hash ^ index ^ (uint64_t)value) * 0x100000001b3;
		if (++index == 0)
			break;
	}
	return hash;
}

static void radix_random(void)
{
	struct radix radix = { 0 };
	uint64_t taken = 0, wrong = 0, used = frames_used(), index;

	for (int step = 0; step < 5000; step++) {
		index = random_index();
		if (ktest_random_below(3)) {
			taken += radix_insert(&radix, index, value_of(index)) == -EEXIST;
			wrong += radix_get(&radix, index) != value_of(index);
		} else {
			void *value = radix_remove(&radix, index);

			wrong += value && value != value_of(index);
			wrong += radix_get(&radix, index) != NULL;
		}
		if (step % 500 == 499)
			observe("taken=%lu contents=%lx hole=%lx", taken, radix_fold(&radix),
				radix_next_absent(&radix, ktest_random_below(4)));
	}
	for (index = 0; radix_next(&radix, &index);)
		radix_remove(&radix, index);
	observe("wrong=%lu empty=%d leaked=%ld", wrong, !radix.root, frames_used() - used);
}
KTEST(radix_random);

static uint64_t nodes_in_use(void)
{
	for (struct slab_cache *cache = NULL; (cache = slab_cache_next(cache));)
		if (!strcmp(cache->name, "radix_node"))
			return cache->used;
	return 0;
}

/* No memory for a node: the insertion is refused and the tree is as before, to the last node. */
static void radix_no_memory(void)
{
	struct radix radix = { 0 };
	uint64_t used = frames_used(), contents, nodes;
	int failures = 0, changed = 0, error = -1;

	radix_insert(&radix, 1, value_of(1));
	radix_insert(&radix, 70, value_of(70));
	contents = radix_fold(&radix);
	nodes = nodes_in_use();
	for (int n = 1; error; n++) {
		allocation_fail.countdown = n;
		error = radix_insert(&radix, 1UL << 50, value_of(1UL << 50));
		allocation_fail.countdown = 0;
		failures += error == -ENOMEM;
		changed += error && (radix_fold(&radix) != contents || nodes_in_use() != nodes);
	}
	observe("failed=%d changed=%d", failures > 5, changed);
	observe("%d%d%d", radix_get(&radix, 1) == value_of(1), radix_get(&radix, 70) == value_of(70),
		radix_get(&radix, 1UL << 50) == value_of(1UL << 50));
	radix_remove(&radix, 1);
	radix_remove(&radix, 1UL << 50);
	radix_remove(&radix, 70);
	observe("empty=%d leaked=%ld", !radix.root, frames_used() - used);
}
KTEST(radix_no_memory);
