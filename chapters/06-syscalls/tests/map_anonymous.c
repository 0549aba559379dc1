/* SPDX-License-Identifier: MIT */
/* map_anonymous.c - anonymous memory: zero, private pages where there were none. */
#include "test.h"

#include <sys/mman.h>

#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)
#define RW	  (PROT_READ | PROT_WRITE)

static long map(unsigned long at, unsigned long bytes, int protection, int flags)
{
	return sys(SYS_mmap, at, bytes, protection, flags, -1, 0);
}

TEST
{
	long a = map(0, 3 * PAGE, RW, ANONYMOUS), b = map(0, 100, RW, ANONYMOUS);
	unsigned char *byte = (unsigned char *)a, sum = 0;
	long huge;

	observe("aligned", a % 4096 + b % 4096);
	observe("apart", a + 3 * 4096 <= b || b + 4096 <= a);
	for (unsigned i = 0; i < 3 * PAGE; i++)
		sum |= byte[i];
	observe("zero", sum);
	*(char *)(b + 4095) = 1;
	observe("a_hundred_bytes_are_a_page", *(char *)(b + 4095));
	huge = map(0, 1UL << 36, PROT_READ | PROT_WRITE, ANONYMOUS | MAP_NORESERVE);
	observe("64_gigabytes_of_nothing", huge > 0);
	*(char *)(huge + (1L << 35)) = 7;
	observe("touched_in_the_middle", *(char *)(huge + (1L << 35)));
	observe("and_far_away", *(char *)(huge + (1L << 36) - 1));
	observe("unmapped", sys(SYS_munmap, huge, 1UL << 36));
	observe("shared", map(0, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS) > 0);
	observe("without_rights", map(0, PAGE, PROT_NONE, ANONYMOUS) > 0);
	observe("length_0", map(0, 0, RW, ANONYMOUS));
	observe("length_of_everything", map(0, -1UL, RW, ANONYMOUS));
	observe("length_47_bits", map(0, 1UL << 47, RW, ANONYMOUS));
	observe("neither_private_nor_shared", map(0, PAGE, RW, MAP_ANONYMOUS));
	observe("unaligned_offset", sys(SYS_mmap, 0, PAGE, RW, ANONYMOUS, -1, 1));
	observe("no_file", sys(SYS_mmap, 0, PAGE, RW, MAP_PRIVATE, -1, 0));
	return 0;
}
