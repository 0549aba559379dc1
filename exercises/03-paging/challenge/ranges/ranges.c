/* SPDX-License-Identifier: MIT */
/* ranges.c - the challenge: 10,000 pages in ranges are mapped, get other rights, and are unmapped. */
#include "ktest.h"
#include "memory/page_table.h"

#define RANGES 100
#define PAGES  10000
#define BASE   0x7f0000000000UL
#define APART  (8UL << 20) /* between the starts of two ranges: one may reach over two tables */
#define TO     0x40000000UL

static struct range {
	uint64_t address, bytes;
} ranges[RANGES];

static physical_address root;

/* 20 to 180 pages each, 10,000 in all. */
static void ranges_choose(void)
{
	uint64_t left = PAGES;

	for (unsigned i = 0; i < RANGES; i++) {
		uint64_t pages = i % 2 ? 200 - ranges[i - 1].bytes / PAGE_SIZE : 20 + ktest_random_below(161);

		ranges[i].address = BASE + i * APART + ktest_random_below(1024) * PAGE_SIZE;
		ranges[i].bytes = pages * PAGE_SIZE;
		left -= pages;
	}
	if (left)
		panic("%lu pages are left", left);
}

/* Pages of a range, looked at here and there, that are not what they should be. */
static uint64_t wrong(const struct range *range, bool mapped, bool writable)
{
	uint64_t found = 0, flags;
	physical_address to;

	for (uint64_t at = 0; at < range->bytes; at += 13 * PAGE_SIZE) {
		bool there = page_table_translate(root, range->address + at, &to, &flags);

		found += there != mapped;
		if (there && mapped)
			found += to != TO + at || !(flags & PAGE_WRITE) != !writable;
	}
	return found;
}

static uint64_t tables(void)
{
	struct frame_statistics now;

	page_table_shrink();
	frame_statistics_get(&now);
	return now.by_kind[FRAME_PAGE_TABLE];
}

static void ranges_test(void)
{
	uint64_t mistakes = 0, used, errors = 0;

	root = page_table_create();
	used = tables();
	ranges_choose();
	for (unsigned i = 0; i < RANGES; i++)
		errors += !!page_table_map(root, ranges[i].address, TO, ranges[i].bytes,
					   PAGE_USER | PAGE_WRITE | PAGE_NX, PAGE_2M);
	for (unsigned i = 0; i < RANGES; i++)
		mistakes += wrong(&ranges[i], true, true);
	for (unsigned i = 0; i < RANGES; i++)
		errors += !!page_table_protect(root, ranges[i].address, ranges[i].bytes, PAGE_USER | PAGE_NX);
	for (unsigned i = 0; i < RANGES; i++)
		mistakes += wrong(&ranges[i], true, false);
	for (unsigned i = 0; i < RANGES; i++)
		errors += !!page_table_unmap(root, ranges[i].address, ranges[i].bytes);
	for (unsigned i = 0; i < RANGES; i++)
		mistakes += wrong(&ranges[i], false, false);
	observe("errors=%lu mistakes=%lu tables=%ld", errors, mistakes, tables() - used);
	page_table_destroy(root);
}
static struct ktest ktest_ranges = { .name = "ranges", .run = ranges_test };
REGISTER(ktest, ktest_ranges);
