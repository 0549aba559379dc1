/* SPDX-License-Identifier: MIT */
/*
 * maps.c - memory maps made up for the purpose: only arithmetic, so they may be of any size.
 */
#include "ktest.h"
#include "memory/memory_map.h"

static struct memory_map map;
static struct memory_range ranges[BOOT_RANGES_MAX];

static void observe_map(const char *name)
{
	for (unsigned i = 0; i < map.count; i++)
		observe("%s: %lx-%lx", name, map.runs[i].start, map.runs[i].end);
	observe("%s: frames=%lu end=%lx", name, memory_map_frames(&map), memory_map_end(&map));
}

static void build(const char *name, unsigned count)
{
	memory_map_build(&map, ranges, count);
	observe_map(name);
}

/* A frame that is only partly there is no frame, unless two ranges make it whole. */
static void map_partial(void)
{
	ranges[0] = (struct memory_range){ 0x1800, 0x5400, MEMORY_USABLE };
	build("part", 1);
	ranges[0] = (struct memory_range){ 0x1001, 0x1fff, MEMORY_USABLE };
	build("within", 1);
	ranges[0] = (struct memory_range){ 0x1000, 0x1800, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x1800, 0x3000, MEMORY_USABLE };
	build("halves", 2);
	ranges[0] = (struct memory_range){ 0x1800, 0x3000, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x1000, 0x1800, MEMORY_USABLE };
	build("upper_half_first", 2);
	ranges[0] = (struct memory_range){ 0x1000, 0x1800, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x1801, 0x3000, MEMORY_USABLE };
	build("gap", 2);
	ranges[0] = (struct memory_range){ 0x1000, 0x9000, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x4fff, 0x5001, MEMORY_ACPI };
	build("hole", 2);
}
KTEST(map_partial);

/* Up to 24 random ranges in 1 MiB, any borders, any kind, any order. */
static void random_map(void)
{
	unsigned count = 1 + ktest_random_below(24);

	for (unsigned i = 0; i < count; i++) {
		uint64_t a = ktest_random_below(1 << 20), b = ktest_random_below(1 << 20);
		uint64_t kind = ktest_random_below(8);

		if (ktest_random_below(2)) {
			a &= PAGE_MASK;
			b &= PAGE_MASK;
		}
		ranges[i] = (struct memory_range){ min(a, b), max(a, b),
						   kind < 4 ? MEMORY_USABLE : kind - 3 };
	}
	build("map", count);
}

static void map_random(void)
{
	for (int i = 0; i < 40; i++)
		random_map();
}
KTEST(map_random);

/* The same ranges in another order are the same map. */
static void map_order(void)
{
	static const struct memory_range firmware[] = {
		{ 0, 0x9fc00, MEMORY_USABLE },
		{ 0x9fc00, 0xa0000, MEMORY_RESERVED },
		{ 0xf0000, 0x100000, MEMORY_RESERVED },
		{ 0x100000, 0xbfffa400, MEMORY_USABLE },
		{ 0x8000000, 0x8200800, MEMORY_BAD },
		{ 0xbffe0000, 0xbfff0000, MEMORY_ACPI },
		{ 0xbff00000, 0xbffe0001, MEMORY_ACPI_NVS },
		{ 0x100000000, 0x1000000000, MEMORY_USABLE },
	};
	unsigned count = array_size(firmware);

	for (unsigned i = 0; i < count; i++)
		ranges[i] = firmware[i];
	for (int round = 0; round < 4; round++) {
		build("order", count);
		for (unsigned i = count - 1; i > 0; i--) { /* shuffle */
			unsigned j = ktest_random_below(i + 1);
			struct memory_range other = ranges[i];

			ranges[i] = ranges[j];
			ranges[j] = other;
		}
	}
}
KTEST(map_order);

/* What is empty, turned around or at the end of the address space does no harm. */
static void map_odd(void)
{
	build("none", 0);
	ranges[0] = (struct memory_range){ 0x5000, 0x5000, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x9000, 0x7000, MEMORY_USABLE };
	build("empty", 2);
	ranges[0] = (struct memory_range){ 0x1000, 0x8000, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x6000, 0x2000, MEMORY_RESERVED };
	build("turned", 2);
	ranges[0] = (struct memory_range){ ~0x3fffUL, ~0UL, MEMORY_USABLE };
	build("last", 1);
	for (unsigned i = 0; i < BOOT_RANGES_MAX; i++)
		ranges[i] = (struct memory_range){ i * 0x3000UL, i * 0x3000UL + 0x2000,
						   MEMORY_USABLE };
	build("many", BOOT_RANGES_MAX);
	memory_map_remove(&map, 0x1001, 0x7001);
	memory_map_remove(&map, 0x17f000, ~0UL);
	observe("cut: first=%lx frames=%lu end=%lx", map.runs[0].start, memory_map_frames(&map),
		memory_map_end(&map));
	observe("has=%d%d%d", memory_map_has(&map, 0x6fff), memory_map_has(&map, 0x9000),
		memory_map_has(&map, 0xaffe));
}
KTEST(map_odd);

static void observe_place(uint64_t bytes, physical_address limit)
{
	observe("place %lx below %lx: %lx", bytes, limit, memory_map_place(&map, bytes, limit));
}

/* The lowest run that is large enough, below a limit that may cut a run. */
static void map_place(void)
{
	ranges[0] = (struct memory_range){ 0x1000, 0x9f000, MEMORY_USABLE };
	ranges[1] = (struct memory_range){ 0x100000, 0x40000000, MEMORY_USABLE };
	ranges[2] = (struct memory_range){ 0x100000000, 0x1000000000, MEMORY_USABLE };
	build("place", 3);
	observe_place(0x9e000, 1UL << 32);
	observe_place(0x9e001, 1UL << 32);
	observe_place(0x3ff00000, 1UL << 32);
	observe_place(0x3ff00001, 1UL << 32);
	observe_place(0x3ff00001, 1UL << 40);
	observe_place(0x10000, 0x10000);
	observe_place(0xf000, 0x10000);
	memory_map_remove(&map, 0x100000, 0x180000);
	observe_place(0x100000, 1UL << 32);
}
KTEST(map_place);
