/* SPDX-License-Identifier: MIT */
/* stack.c - the stack grows by being used: four megabytes, and MAP_GROWSDOWN does the same. */
#include "test.h"

#include <sys/mman.h>

static long deep(unsigned level)
{
	volatile char room[1000];

	room[0] = (char)level;
	return level ? deep(level - 1) + room[0] : room[0];
}

TEST
{
	char here, *top;
	volatile char *below = (char *)((uintptr_t)&here - (1 << 20));

	observe("recursion", deep(4000));
	*below = '\n';
	observe("a_megabyte_at_once", *below);
	observe("the_kernel_grows_it_too", sys(SYS_write, REPORT, (uintptr_t)&here - (6 << 20), 1));
	top = map_pages(64, PROT_READ | PROT_WRITE);
	sys(SYS_munmap, top, 64 * PAGE);
	top = (char *)sys(SYS_mmap, top + 63 * PAGE, PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
	top[-1] = 'x';
	observe("growsdown", top[-1]);
	top[-5 * 4096] = 'y';
	observe("further", top[-5 * 4096]);
	return 0;
}
