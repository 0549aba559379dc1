/* SPDX-License-Identifier: MIT */
/*
 * live.c - page tables that are in force: the direct map, the kernel's half of every root, and what
 * the processor remembers after a change.
 */
#include "ktest.h"
#include "lib/string.h"
#include "memory/page_table.h"

#define PLACE (STACK_RANGE + (1UL << 30)) /* where no kernel stack is */

static void observe_rights(const char *name, const void *address)
{
	physical_address to = 0;
	uint64_t flags = 0;
	bool found = page_table_translate(page_table_loaded(), (uint64_t)address, &to, &flags);

	observe("%s: mapped=%d right_place=%d %s%s%s", name, found, to == physical_of(address),
		flags & PAGE_WRITE ? "w" : "-", flags & PAGE_USER ? "u" : "-",
		flags & PAGE_NX ? "-" : "x");
}

/* The kernel's parts, through their own window and through the direct map. */
static void direct_rights(void)
{
	static char data[8];

	observe_rights("code", image_start);
	observe_rights("constants", text_end);
	observe_rights("data", data);
	observe_rights("code directly", direct_map(physical_of(image_start)));
	observe_rights("constants directly", direct_map(physical_of(text_end)));
	observe_rights("last constant directly", direct_map(physical_of(rodata_end) - 1));
	observe_rights("data directly", direct_map(physical_of(data)));
	observe_rights("below the kernel", direct_map(physical_of(image_start) - 1));
}
KTEST(direct_rights);

/* Every usable byte of RAM, wherever it lies, is at its place. */
static void direct_all(void)
{
	uint64_t wrong = 0, pages = 0, flags;
	physical_address to;

	for (unsigned i = 0; i < boot_info.range_count; i++) {
		const struct memory_range *range = &boot_info.ranges[i];

		if (range->kind != MEMORY_USABLE)
			continue;
		for (physical_address at = range->start; at < range->end; at += PAGE_2M / 2) {
			bool found = page_table_translate(page_table_loaded(), DIRECT_MAP + at, &to,
							  &flags);

			wrong += !found || to != at || (flags & PAGE_USER) || !(flags & PAGE_NX);
			pages++;
		}
		wrong += !page_table_translate(page_table_loaded(), DIRECT_MAP + range->end - 1, &to,
					       &flags);
	}
	observe("looked=%d wrong=%lu", pages > 10000, wrong);
}
KTEST(direct_all);

/* Frames above 4 GiB are given away, and are memory. */
static void direct_high(void)
{
	static struct list kept = LIST_INIT(kept);
	struct frame *run, *next;
	uint64_t high = 0, wrong = 0;

	while ((run = frame_alloc_run(FRAME_ORDER_MAX, FRAME_KERNEL, 0))) {
		uint64_t *memory = frame_address(run);

		high += frame_physical(run) >= 1UL << 32;
		memory[0] = frame_physical(run);
		list_add_last(&kept, &run->link);
	}
	list_for_each_safe(run, next, &kept, link) {
		wrong += *(uint64_t *)frame_address(run) != frame_physical(run);
		list_remove(&run->link);
		frame_put(run);
	}
	observe("high=%lu wrong=%lu", high, wrong);
}
KTEST(direct_high);

/* The processor must not remember what was mapped before.  A page that stays beside it keeps the
 * tables: one that is freed is flushed as well, and would hide what is not. */
static void flush_unmap(void)
{
	struct frame *frames[16];
	uint64_t stale = 0, beside = PLACE + 4 * PAGE_SIZE;

	for (int i = 0; i < 16; i++) {
		frames[i] = frame_alloc(FRAME_KERNEL, 0);
		*(uint64_t *)frame_address(frames[i]) = ktest_random();
	}
	kernel_page_map(beside, frame_physical(frames[0]), PAGE_NX);
	for (int round = 0; round < 200; round++) {
		struct frame *frame = frames[ktest_random_below(16)];
		uint64_t address = PLACE + ktest_random_below(4) * PAGE_SIZE;

		kernel_page_map(address, frame_physical(frame), PAGE_NX);
		stale += *(volatile uint64_t *)address != *(uint64_t *)frame_address(frame);
		kernel_page_unmap(address);
	}
	kernel_page_unmap(beside);
	for (int i = 0; i < 16; i++)
		frame_put(frames[i]);
	observe("stale=%lu", stale);
}
KTEST(flush_unmap);

/* The same where the page was part of a large one. */
static void flush_large(void)
{
	physical_address root = page_table_loaded();
	struct frame *run = frame_alloc_run(9, FRAME_KERNEL, 0), *other = frame_alloc(FRAME_KERNEL, 0);
	volatile uint64_t *page = (uint64_t *)(PLACE + 5 * PAGE_SIZE);

	*(uint64_t *)(frame_address(run) + 5 * PAGE_SIZE) = 1;
	*(uint64_t *)frame_address(other) = 2;
	page_table_map(root, PLACE, frame_physical(run), PAGE_2M, PAGE_WRITE | PAGE_NX, PAGE_2M);
	observe("large=%lu", *page);
	page_table_unmap(root, (uint64_t)page, PAGE_SIZE);
	page_table_map(root, (uint64_t)page, frame_physical(other), PAGE_SIZE, PAGE_NX, PAGE_SIZE);
	observe("small=%lu", *page);
	observe("neighbour=%d", ((uint64_t *)PLACE)[6 * 512] ==
					*(uint64_t *)(frame_address(run) + 6 * PAGE_SIZE));
	page_table_unmap(root, PLACE, PAGE_2M);
	frame_put(run);
	frame_put(other);
}
KTEST(flush_large);

/* Every root has the kernel's half, also what is mapped into it later. */
static void roots_share(void)
{
	physical_address before = page_table_loaded(), root = page_table_create();
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);
	uint64_t seen;

	*(uint64_t *)frame_address(frame) = ktest_random();
	kernel_page_map(PLACE, frame_physical(frame), PAGE_NX);
	page_table_load(root);
	seen = *(volatile uint64_t *)PLACE;
	page_table_load(before);
	kernel_page_unmap(PLACE);
	observe("seen=%d", seen == *(uint64_t *)frame_address(frame));
	page_table_destroy(root);
	frame_put(frame);
	observe("differ=%d", root != before);
}
KTEST(roots_share);

/* Two address spaces, one address. */
static void roots_differ(void)
{
	physical_address before = page_table_loaded(), roots[4];
	struct frame *frames[4];
	uint64_t address = 0x400000000000, wrong = 0;

	for (int i = 0; i < 4; i++) {
		roots[i] = page_table_create();
		frames[i] = frame_alloc(FRAME_ANONYMOUS, 0);
		*(uint64_t *)frame_address(frames[i]) = i;
		page_table_map(roots[i], address, frame_physical(frames[i]), PAGE_SIZE, PAGE_NX,
			       PAGE_SIZE);
	}
	for (int round = 0; round < 100; round++) {
		unsigned i = ktest_random_below(4);

		page_table_load(roots[i]);
		wrong += *(volatile uint64_t *)address != i;
	}
	page_table_load(before);
	for (int i = 0; i < 4; i++) {
		page_table_unmap(roots[i], address, PAGE_SIZE);
		page_table_destroy(roots[i]);
		frame_put(frames[i]);
	}
	observe("wrong=%lu", wrong);
}
KTEST(roots_differ);

/* ---- what must fault ---- */

static void fault_unmapped(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

	kernel_page_map(PLACE, frame_physical(frame), PAGE_WRITE | PAGE_NX);
	kernel_page_map(PLACE + PAGE_SIZE, frame_physical(frame), PAGE_NX); /* keeps the tables */
	*(volatile char *)PLACE = 1;
	observe("written");
	kernel_page_unmap(PLACE);
	*(volatile char *)PLACE = 1;
	observe("written again");
}
KTEST(fault_unmapped);

static void fault_protected(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

	kernel_page_map(PLACE, frame_physical(frame), PAGE_WRITE | PAGE_NX);
	*(volatile char *)PLACE = 1;
	page_table_protect(kernel_root, PLACE, PAGE_SIZE, PAGE_NX);
	observe("read %d", *(volatile char *)PLACE);
	*(volatile char *)PLACE = 2;
	observe("written");
}
KTEST(fault_protected);

/* A constant of the kernel, by way of the direct map. */
static void fault_alias(void)
{
	observe("write");
	*(volatile char *)direct_map(physical_of(text_end)) = 1;
	observe("written");
}
KTEST(fault_alias);

static void fault_execute(void)
{
	struct frame *frame = frame_alloc(FRAME_KERNEL, 0);

	*(uint8_t *)frame_address(frame) = 0xc3; /* ret */
	observe("call");
	((void (*)(void))frame_address(frame))();
	observe("returned");
}
KTEST(fault_execute);
