/* SPDX-License-Identifier: MIT */
/* map_where.c - the address: a hint, a demand (MAP_FIXED), a demand that spares what is there. */
#include "test.h"

#include <sys/mman.h>

#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	  (PROT_READ | PROT_WRITE)
#define NO_REPLACE 0x100000 /* MAP_FIXED_NOREPLACE */

static long map(unsigned long at, unsigned long bytes, int flags)
{
	return sys(SYS_mmap, at, bytes, RW, ANONYMOUS | flags, -1, 0);
}

/* A hole that is not the one which the kernel would choose itself. */
static void holes(void)
{
	unsigned long pages = (unsigned long)map_pages(9, RW), low = pages + 2 * PAGE;
	long got;

	sys(SYS_munmap, low, PAGE);
	sys(SYS_munmap, pages + 6 * PAGE, PAGE);
	got = map(low, 2 * PAGE, 0);
	observe("hole_is_too_small", got > 0 && got != (long)low);
	observe("lower_hole_is_taken", map(low, PAGE, 0) == (long)low);
}

/* The 256 pages below an area that grows down are not for hints. */
static void gap_below_a_stack(void)
{
	unsigned long room = (unsigned long)map(0, 1001 * PAGE, MAP_NORESERVE);
	unsigned long stack = room + 1000 * PAGE;
	long got;

	sys(SYS_munmap, room, 1001 * PAGE);
	map(stack, PAGE, MAP_FIXED | MAP_GROWSDOWN);
	got = map(stack - 100 * PAGE, PAGE, 0);
	observe("hint_in_the_gap", got > 0 && got != (long)(stack - 100 * PAGE));
	observe("hint_below_the_gap", map(stack - 300 * PAGE, PAGE, 0) == (long)(stack - 300 * PAGE));
}

TEST
{
	char *area = map_pages(5, RW);
	unsigned long middle = (unsigned long)area + 2 * PAGE;
	long got;

	sys(SYS_munmap, middle, PAGE);
	observe("hint_is_taken", map(middle, PAGE, 0) == (long)middle);
	got = map(middle, PAGE, 0);
	observe("occupied_hint_is_not", got > 0 && got != (long)middle);
	sys(SYS_munmap, middle, PAGE);
	observe("unaligned_hint_is_rounded", map(middle + 123, PAGE, 0) == (long)middle);
	memset((void *)middle, '\n', PAGE);
	observe("no_replace", map(middle, PAGE, MAP_FIXED | NO_REPLACE));
	observe("no_replace_overlaps", map(middle - PAGE, PAGE * 2, NO_REPLACE));
	observe("still_the_old_one", *(char *)middle);
	observe("fixed_replaces", map(middle, PAGE, MAP_FIXED) == (long)middle);
	observe("by_zeros", *(char *)middle);
	observe("left_of_it", area[2 * PAGE - 1]);
	observe("right_of_it", area[3 * PAGE]);
	observe("fixed_over_several", map((unsigned long)area + PAGE, 3 * PAGE, MAP_FIXED) > 0);
	observe("first_kept", area[0] + area[PAGE]);
	observe("last_kept", area[4 * PAGE - 1] + area[4 * PAGE]);
	sys(SYS_munmap, middle, PAGE);
	observe("no_replace_into_a_hole", map(middle, PAGE, NO_REPLACE) == (long)middle);
	observe("fixed_unaligned", map(middle + 1, PAGE, MAP_FIXED));
	observe("fixed_in_the_kernel", map(0xffff888000000000, PAGE, MAP_FIXED));
	observe("fixed_beyond_the_end", map(0x7ffffffff000, PAGE, MAP_FIXED));
	observe("fixed_across_the_end", map(0x7fffffffe000, 2 * PAGE, MAP_FIXED));
	got = map(0x7fffffffe000, 2 * PAGE, 0);
	observe("hint_across_the_end", got > 0 && got != 0x7fffffffe000);
	observe("hint_at_the_very_end", map(0x7fffffffe000, PAGE, 0) == 0x7fffffffe000);
	observe("fixed_at_the_very_end", map(0x7fffffffe000, PAGE, MAP_FIXED) == 0x7fffffffe000);
	holes();
	gap_below_a_stack();
	return 0;
}
