/* SPDX-License-Identifier: MIT */
/*
 * tables.c - page tables that are not loaded: what map, unmap and protect leave in memory.
 *
 * Every test makes a root of its own and looks at it with a walk of its own, so that a mistake that
 * the kernel's walk shares with its map shows too.
 */
#include "abi/errno.h"
#include "ktest.h"
#include "lib/string.h"
#include "memory/page_table.h"

#define ENTRY_RIGHTS 6 /* writing and user mode: allowed if every entry on the way does */

/* The leaf for an address, by the manual, with the rights of the way to it; its level in *level, 0: not
 * present. */
static uint64_t leaf(physical_address root, uint64_t address, int *level)
{
	uint64_t table = root, entry, rights = ENTRY_RIGHTS;

	for (*level = 4; *level > 0; --*level) {
		unsigned shift = 12 + 9 * (*level - 1);

		entry = ((uint64_t *)direct_map(table))[(address >> shift) & 511];
		if (!(entry & 1)) {
			*level = 0;
			return 0;
		}
		rights &= entry;
		if (*level == 1 || (*level < 4 && (entry & 0x80)))
			return (entry & ~ENTRY_RIGHTS) | rights;
		table = entry & 0x000ffffffffff000;
	}
	return 0;
}

static void observe_leaf(const char *name, physical_address root, uint64_t address)
{
	int level;
	uint64_t entry = leaf(root, address, &level);

	if (!level)
		observe("%s: absent", name);
	else
		observe("%s: level=%d to=%lx %s%s%s%s", name, level,
			entry & 0x000ffffffffff000 & ~((1UL << (12 + 9 * (level - 1))) - 1),
			entry & 2 ? "w" : "-", entry & 4 ? "u" : "-", entry >> 63 ? "-" : "x",
			level == 1 && (entry & 0x80) ? " PAT" : "");
}

/* Frames used by tables; those that are kept spare count as free. */
static uint64_t tables_used(void)
{
	struct frame_statistics now;

	page_table_shrink();
	frame_statistics_get(&now);
	return now.by_kind[FRAME_PAGE_TABLE];
}

/* A canonical page of the user half. */
static uint64_t random_page(void)
{
	return (PAGE_SIZE + ktest_random_below(USER_END - PAGE_SIZE)) & PAGE_MASK;
}

/* Addresses all over the user half, each with its own target and rights. */
static void walk_random(void)
{
	physical_address root = page_table_create();
	uint64_t used = tables_used();

	for (int i = 0; i < 60; i++) {
		uint64_t address = random_page(), to = ktest_random_below(1UL << 46) & PAGE_MASK;
		uint64_t flags = (ktest_random_below(2) ? PAGE_WRITE : 0) |
				 (ktest_random_below(2) ? PAGE_USER : 0) |
				 (ktest_random_below(2) ? PAGE_NX : 0);
		int error = page_table_map(root, address, to, PAGE_SIZE, flags, PAGE_SIZE);

		observe("%lx: %d", address, error);
		observe_leaf("leaf", root, address);
		observe_leaf("next", root, address + PAGE_SIZE);
		error = page_table_unmap(root, address, PAGE_SIZE);
		observe_leaf("gone", root, address);
	}
	observe("tables=%ld", tables_used() - used);
	page_table_destroy(root);
}
KTEST(walk_random);

/* The page at `address` allows all; each right in turn is taken away by the table above it. */
static void observe_way(physical_address root, uint64_t address)
{
	static const uint64_t rights[] = { PAGE_WRITE, PAGE_USER, PAGE_NX };
	page_entry *way = page_table_walk_level(root, address, 2), was = *way;
	physical_address to;
	uint64_t flags;

	for (unsigned i = 0; i < array_size(rights); i++) {
		*way = was ^ rights[i];
		page_table_translate(root, address, &to, &flags);
		observe("way %u: rights=%d%d%d", i, !!(flags & PAGE_WRITE), !!(flags & PAGE_USER),
			!!(flags & PAGE_NX));
	}
	*way = was;
}

/* The kernel's own answer to "where does this lead?". */
static void translate_inside(void)
{
	physical_address root = page_table_create(), to = 0;
	uint64_t flags = 0;
	static const uint64_t offsets[] = { 0, 1, 0xfff, 0x1000, 0x12345, 0x1fffff, 0x200000,
					    0x3fffffff };

	page_table_map(root, 0x40000000, 0x80000000, PAGE_1G, PAGE_WRITE | PAGE_USER | PAGE_NX,
		       PAGE_2M);
	page_table_map(root, 0x10000, 0x7000, PAGE_SIZE, PAGE_USER, PAGE_SIZE);
	for (unsigned i = 0; i < array_size(offsets); i++) {
		bool found = page_table_translate(root, 0x40000000 + offsets[i], &to, &flags);

		observe("large %lx: %d %lx", offsets[i], found, to);
	}
	observe("rights=%d%d%d", !!(flags & PAGE_WRITE), !!(flags & PAGE_USER), !!(flags & PAGE_NX));
	observe("small: %d", page_table_translate(root, 0x10abc, &to, &flags));
	observe("small: %lx", to);
	observe("rights=%d%d%d", !!(flags & PAGE_WRITE), !!(flags & PAGE_USER), !!(flags & PAGE_NX));
	page_table_map(root, 0x11000, 0x8000, PAGE_SIZE, PAGE_WRITE | PAGE_USER | PAGE_UNCACHED,
		       PAGE_SIZE);
	observe_way(root, 0x11000);
	page_table_translate(root, 0x11000, &to, &flags);
	observe("uncached=%d", !!(flags & PAGE_UNCACHED));
	observe("below=%d", page_table_translate(root, 0xffff, &to, &flags));
	observe("above=%d", page_table_translate(root, 0x80000000, &to, &flags));
	page_table_unmap(root, 0x40000000, PAGE_1G);
	page_table_unmap(root, 0x10000, 2 * PAGE_SIZE);
	page_table_destroy(root);
}
KTEST(translate_inside);

static void observe_mapping(uint64_t address, uint64_t to, uint64_t bytes, uint64_t largest)
{
	physical_address root = page_table_create();
	int error = page_table_map(root, address, to, bytes, PAGE_USER, largest);
	uint64_t at = address;
	int level = 1;

	while (!error && at < address + bytes && level) {
		uint64_t first = at;
		int kind;

		leaf(root, at, &level);
		kind = level;
		while (at < address + bytes && level == kind && level) {
			at += page_level_bytes(level);
			leaf(root, at, &level);
		}
		observe("%lx: %lu of level %d", first, (at - first) / page_level_bytes(kind), kind);
		level = at < address + bytes ? level : 1;
	}
	observe("error=%d end=%lx", error, at);
	page_table_unmap(root, address, bytes);
	page_table_destroy(root);
}

/* The largest page that both addresses, the rest and the caller allow. */
static void map_sizes(void)
{
	observe_mapping(0x200000, 0x400000, 0x200000, PAGE_1G);
	observe_mapping(0x1ff000, 0x3ff000, 0x402000, PAGE_1G);
	observe_mapping(0x200000, 0x401000, 0x400000, PAGE_1G);
	observe_mapping(0x200000, 0x400000, 0x3ff000, PAGE_2M);
	observe_mapping(0x200000, 0x400000, 0x200000, PAGE_SIZE);
	observe_mapping(0x3fe00000, 0x7fe00000, 0x80400000, PAGE_1G);
	observe_mapping(0x40000000, 0x80200000, 0x40000000, PAGE_1G);
	cpu_features.pages_1g = false; /* a processor with two sizes */
	observe_mapping(0x40000000, 0x80000000, 0x40000000, PAGE_1G);
	cpu_features.pages_1g = true;
}
KTEST(map_sizes);

/* What is mapped already stays as it is, and nothing of the refused range appears. */
static void map_exists(void)
{
	physical_address root = page_table_create();
	uint64_t base = 0x7f0000000000;

	page_table_map(root, base + 0x5000, 0x9000, PAGE_SIZE, PAGE_USER, PAGE_SIZE);
	observe("over=%d", page_table_map(root, base, 0x100000, 0x8000, PAGE_USER, PAGE_SIZE));
	observe_leaf("before", root, base + 0x4000);
	observe_leaf("kept", root, base + 0x5000);
	observe_leaf("behind", root, base + 0x6000);
	observe("large=%d", page_table_map(root, base, 0x200000, PAGE_2M, PAGE_USER, PAGE_2M));
	observe_leaf("kept", root, base + 0x5000);
	page_table_unmap(root, base + 0x5000, PAGE_SIZE);
	observe("free=%d", page_table_map(root, base, 0x200000, PAGE_2M, PAGE_USER, PAGE_2M));
	observe("small=%d", page_table_map(root, base + 0x1000, 0, PAGE_SIZE, 0, PAGE_SIZE));
	observe_leaf("large", root, base + 0x1000);
	page_table_unmap(root, base, PAGE_2M);
	page_table_destroy(root);
}
KTEST(map_exists);

/* The n-th table cannot be had, for every n: an error, and all as before. */
static void map_no_memory(void)
{
	uint64_t base = 0x7f12ffffe000, used, leaked = 0, left = 0;
	physical_address root = page_table_create();
	int errors = 0, error = -1, level;

	used = tables_used();
	for (int n = 1; error; n++) {
		allocation_fail.countdown = n;
		error = page_table_map(root, base, 0x1000, 0x4000, PAGE_USER, PAGE_SIZE);
		allocation_fail.countdown = 0;
		errors += error == -ENOMEM;
		for (int i = 0; error && i < 4; i++) {
			leaf(root, base + i * PAGE_SIZE, &level);
			left += level != 0;
		}
		leaked += error && tables_used() != used;
	}
	observe("failed=%d left=%lu leaked=%lu", errors, left, leaked);
	page_table_unmap(root, base, 0x4000);
	observe("tables=%ld", tables_used() - used);
	for (int n = 1; n < 3; n++) { /* what a fault asks for: the way to one entry */
		allocation_fail.countdown = n;
		observe("way %d: %d", n, page_table_walk_create(root, base) != NULL);
		allocation_fail.countdown = 0;
		observe("tables=%ld", tables_used() - used);
	}
	page_table_destroy(root);
}
KTEST(map_no_memory);

/* Tables go when they hold nothing, and not before. */
static void unmap_frees(void)
{
	physical_address root = page_table_create();
	uint64_t used = tables_used(), a = 0x123456789000, b = a + (1UL << 30), c = a + PAGE_SIZE;

	page_table_map(root, a, 0x1000, PAGE_SIZE, 0, PAGE_SIZE);
	observe("one=%ld", tables_used() - used);
	page_table_map(root, c, 0x2000, PAGE_SIZE, 0, PAGE_SIZE);
	observe("neighbour=%ld", tables_used() - used);
	page_table_map(root, b, 0x3000, PAGE_SIZE, 0, PAGE_SIZE);
	observe("far=%ld", tables_used() - used);
	page_table_unmap(root, a, PAGE_SIZE);
	observe("first_gone=%ld", tables_used() - used);
	observe_leaf("second", root, c);
	page_table_unmap(root, c, PAGE_SIZE);
	observe("second_gone=%ld", tables_used() - used);
	observe_leaf("third", root, b);
	page_table_unmap(root, 0x100000000000, 1UL << 44);
	observe("all_gone=%ld", tables_used() - used);
	page_table_destroy(root);
}
KTEST(unmap_frees);

/* The allocator's next frame is the one before this one, which says so if it is written to. */
static uint8_t *frame_behind_next(void)
{
	struct frame *taken[64], *behind = NULL;
	unsigned i;

	for (i = 0; i < array_size(taken); i++)
		taken[i] = frame_alloc(FRAME_KERNEL, 0);
	for (i = 1; i < array_size(taken) && !behind; i++)
		if (taken[i] == taken[i - 1] + 1)
			behind = taken[i];
	if (!behind)
		panic("no two frames in a row");
	for (i = 0; i < array_size(taken); i++)
		if (taken[i] != behind && taken[i] != behind - 1)
			frame_put(taken[i]);
	memset(frame_address(behind), 0x5a, PAGE_SIZE);
	frame_put(behind - 1);
	return frame_address(behind);
}

static void behind_put(uint8_t *page)
{
	observe("behind the table: %x", page[0]);
	frame_put(frame_of(physical_of(page)));
}

/* A hole in a large page: the rest stays mapped as it was. */
static void unmap_splits(void)
{
	physical_address root = page_table_create();
	uint8_t *behind;
	uint64_t base = 0x40000000, hole = base + 0x255000;

	page_table_map(root, base, 0xc0000000, 4 * PAGE_2M, PAGE_USER | PAGE_WRITE | PAGE_NX,
		       PAGE_2M);
	observe("nothing=%d", page_table_unmap(root, hole, 0));
	behind = frame_behind_next();
	observe("hole=%d", page_table_unmap(root, hole, 0x3000));
	behind_put(behind);
	observe_leaf("first", root, base);
	observe_leaf("before", root, hole - 1);
	observe_leaf("start", root, hole);
	observe_leaf("end", root, hole + 0x2fff);
	observe_leaf("behind", root, hole + 0x3000);
	observe_leaf("last", root, base + 4 * PAGE_2M - 1);
	observe("across=%d", page_table_unmap(root, base + 0x1ff000, PAGE_2M + 0x2000));
	observe_leaf("first", root, base + 0x1fe000);
	observe_leaf("second", root, base + 0x200000);
	observe_leaf("third", root, base + 0x400000);
	observe_leaf("rest", root, base + 0x401000);
	allocation_fail.countdown = 1;
	observe("refused=%d", page_table_unmap(root, base + 3 * PAGE_2M + 0x1000, PAGE_SIZE));
	allocation_fail.countdown = 0;
	observe_leaf("whole", root, base + 3 * PAGE_2M + 0x1000);
	page_table_unmap(root, base, 4 * PAGE_2M);
	page_table_destroy(root);
}
KTEST(unmap_splits);

/* A hole of one page in a page of 1 GiB: both larger sizes remain around it. */
static void split_huge(void)
{
	physical_address root = page_table_create();
	uint64_t used = tables_used(), base = 0x180000000, hole = base + 0x12345000;

	page_table_map(root, base, 0x240000000, PAGE_1G, PAGE_USER | PAGE_WRITE | PAGE_NX, PAGE_1G);
	observe_leaf("whole", root, hole);
	observe("hole=%d", page_table_unmap(root, hole, PAGE_SIZE));
	observe_leaf("first", root, base);
	observe_leaf("large before", root, base + 0x12000000);
	observe_leaf("small before", root, hole - PAGE_SIZE);
	observe_leaf("hole", root, hole);
	observe_leaf("small behind", root, hole + PAGE_SIZE);
	observe_leaf("large behind", root, base + 0x12400000);
	observe_leaf("last", root, base + PAGE_1G - 1);
	page_table_unmap(root, base, PAGE_1G);
	observe("tables=%ld", tables_used() - used);
	page_table_destroy(root);
}
KTEST(split_huge);

/* A range that begins, or ends, where nothing is mapped, and one whose page is alone far inside. */
static void unmap_holes(void)
{
	physical_address root = page_table_create();
	uint64_t used = tables_used(), base = 0x5000000000;

	for (unsigned level = 2; level <= 4; level++) {
		uint64_t next = base + page_level_bytes(level), start = next - 3 * PAGE_SIZE;

		page_table_map(root, next, 0x9000, 2 * PAGE_SIZE, PAGE_USER, PAGE_SIZE);
		observe("level %u: %d", level, page_table_unmap(root, start, 4 * PAGE_SIZE));
		observe_leaf("inside", root, next);
		observe_leaf("behind", root, next + PAGE_SIZE);
		observe("again=%d", page_table_unmap(root, start, 8 * PAGE_SIZE));
		observe_leaf("behind", root, next + PAGE_SIZE);
		page_table_map(root, next + page_level_bytes(level), 0x9000, PAGE_SIZE, 0, PAGE_SIZE);
		observe("empty=%d", page_table_unmap(root, start, 8 * PAGE_SIZE));
		observe_leaf("far behind", root, next + page_level_bytes(level));
		page_table_unmap(root, next + page_level_bytes(level), PAGE_SIZE);
	}
	observe("tables=%ld", tables_used() - used);
	page_table_destroy(root);
}
KTEST(unmap_holes);

/* Rights change where they are asked to, and only rights. */
static void protect_rights(void)
{
	physical_address root = page_table_create();
	uint64_t base = 0x600000;

	page_table_map(root, base, 0x800000, PAGE_2M + 0x4000, PAGE_USER | PAGE_WRITE, PAGE_2M);
	observe("nothing=%d", page_table_protect(root, base + PAGE_2M, 0, 0));
	observe("two=%d", page_table_protect(root, base + PAGE_2M + 0x1000, 0x2000,
					     PAGE_USER | PAGE_NX));
	observe_leaf("small before", root, base + PAGE_2M);
	observe_leaf("small first", root, base + PAGE_2M + 0x1000);
	observe_leaf("small last", root, base + PAGE_2M + 0x2000);
	observe_leaf("small behind", root, base + PAGE_2M + 0x3000);
	observe_leaf("large", root, base);
	page_table_protect(root, base + 0x1000, 0x1000, 0);
	observe_leaf("split before", root, base);
	observe_leaf("split", root, base + 0x1000);
	observe_leaf("split behind", root, base + 0x2000);
	page_table_protect(root, base - 0x4000, 0x5000, PAGE_WRITE | PAGE_USER | PAGE_NX);
	observe_leaf("hole", root, base - 0x1000);
	observe_leaf("edge", root, base);
	page_table_protect(root, base + PAGE_2M + 0x3000, PAGE_2M, PAGE_NX); /* it ends in a hole */
	observe_leaf("last", root, base + PAGE_2M + 0x3000);
	page_table_unmap(root, base, PAGE_2M + 0x4000);
	page_table_destroy(root);
}
KTEST(protect_rights);

/* New tables hold nothing, whatever was in their frames. */
static void tables_clean(void)
{
	static struct list kept = LIST_INIT(kept);
	struct frame *frame, *next;
	physical_address root;
	uint64_t junk = 0;
	int level;

	page_table_shrink();
	while ((frame = frame_alloc(FRAME_KERNEL, 0))) {
		memset(frame_address(frame), 0xff, PAGE_SIZE);
		list_add_last(&kept, &frame->link);
	}
	list_for_each_safe(frame, next, &kept, link) {
		list_remove(&frame->link);
		frame_put(frame);
	}
	root = page_table_create();
	page_table_map(root, 0x7654321000, 0, PAGE_SIZE, 0, PAGE_SIZE);
	for (unsigned shift = 12; shift < 48; shift += 9)
		for (uint64_t i = 1; i < (shift < 39 ? 512 : 256); i++) {
			leaf(root, 0x7654321000 ^ i << shift, &level);
			junk += level != 0;
		}
	observe("junk=%lu", junk);
	page_table_unmap(root, 0x7654321000, PAGE_SIZE);
	page_table_destroy(root);
}
KTEST(tables_clean);
