/* SPDX-License-Identifier: MIT */
/*
 * page_use.c - the extension: which pages were read and written since the last look.
 *
 * Pages of 4 KiB and one of 2 MiB lie in the kernel's half, one page alone in a user half; they are touched, and
 * the processor marks their entries.
 */
#include "ktest.h"
#include "memory/page_table.h"

/*
 * Of the pages of [address, address + bytes), both multiples of a page: how many were accessed (read or
 * written), how many written, since the last look.  A larger page stands for the pages of it in the range.
 */
weak void page_table_use(physical_address root, uint64_t address, uint64_t bytes, uint64_t *accessed,
			 uint64_t *dirty);

#define PLACE  (STACK_RANGE + (1UL << 30)) /* where no kernel stack is */
#define LARGE  (PLACE + 2 * PAGE_2M)
#define ALONE  0x567890000000UL /* in the user half */
#define PAGES  64
#define ROUNDS 24

static void observe_use(const char *name, unsigned number, uint64_t address, uint64_t pages)
{
	uint64_t accessed = ~0UL, dirty = ~0UL;

	page_table_use(page_table_loaded(), address, pages * PAGE_SIZE, &accessed, &dirty);
	observe("%s %u: accessed=%lu dirty=%lu", name, number, accessed, dirty);
}

static void touch(uint64_t address, bool write)
{
	volatile uint64_t *at = (volatile uint64_t *)address;

	if (write)
		*at = address;
	else
		(void)*at;
}

static void small_pages(void)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint64_t first;

		for (unsigned i = 0; i < 8; i++) {
			uint64_t address = PLACE + ktest_random_below(PAGES) * PAGE_SIZE;

			touch(address, ktest_random_below(2));
		}
		first = ktest_random_below(PAGES);
		observe_use("round", round, PLACE + first * PAGE_SIZE,
			    1 + ktest_random_below(PAGES - first));
	}
	observe_use("rest", 0, PLACE, PAGES);
	observe_use("rest", 1, PLACE, PAGES);
}

static void large_page(void)
{
	observe_use("large", 0, LARGE, 512);
	touch(LARGE + 7 * PAGE_SIZE, false);
	observe_use("large", 1, LARGE + 100 * PAGE_SIZE, 3);
	observe_use("large", 2, LARGE, 512);
	touch(LARGE + 511 * PAGE_SIZE, true);
	observe_use("large", 3, PLACE, 3 * 512);
	touch(LARGE, false);
	observe_use("large", 4, LARGE, 512);
}

/* Nearly nothing of 128 TiB is there. */
static void alone(struct frame *frame)
{
	physical_address before = page_table_loaded(), root = page_table_create(), to = 0;
	uint64_t flags = 0;

	page_table_map(root, ALONE, frame_physical(frame), PAGE_SIZE, PAGE_WRITE | PAGE_NX, PAGE_SIZE);
	page_table_load(root);
	observe_use("alone", 0, 0, USER_END / PAGE_SIZE);
	touch(ALONE, true);
	observe_use("alone", 1, 0, USER_END / PAGE_SIZE);
	touch(ALONE, false);
	observe_use("alone", 2, 0, USER_END / PAGE_SIZE);
	page_table_translate(root, ALONE, &to, &flags);
	observe("alone: to=%d writable=%d executable=%d", to == frame_physical(frame),
		!!(flags & PAGE_WRITE), !(flags & PAGE_NX));
	page_table_load(before);
	page_table_unmap(root, ALONE, PAGE_SIZE);
	page_table_destroy(root);
}

static void page_use(void)
{
	physical_address root = page_table_loaded();
	struct frame *small = frame_alloc_run(6, FRAME_KERNEL, 0), *large = frame_alloc_run(9, FRAME_KERNEL, 0);

	if (!page_table_use) {
		observe("absent");
		return;
	}
	page_table_map(root, PLACE, frame_physical(small), PAGES * PAGE_SIZE, PAGE_WRITE | PAGE_NX, PAGE_SIZE);
	page_table_map(root, LARGE, frame_physical(large), PAGE_2M, PAGE_WRITE | PAGE_NX, PAGE_2M);
	small_pages();
	large_page();
	alone(small);
	page_table_unmap(root, PLACE, PAGES * PAGE_SIZE);
	page_table_unmap(root, LARGE, PAGE_2M);
	frame_put(small);
	frame_put(large);
}
KTEST(page_use);
