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
	observe("fixed_at_the_very_end", map(0x7fffffffe000, PAGE, MAP_FIXED) == 0x7fffffffe000);
	return 0;
}
