/* SPDX-License-Identifier: MIT */
/* preemption.c - two programs that never call the kernel both get on, and one that sleeps comes in. */
#include "test.h"

#include <linux/mman.h>

TEST
{
	volatile long *shared = (long *)sys(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE,
					    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long nap[2] = { 0, 20000000 };
	int i;

	for (i = 0; i < 2; i++)
		if (sys(SYS_fork) == 0)
			for (;;) {
				shared[i]++; /* until told, without any call */
				if (shared[3])
					sys(SYS_exit, 0);
			}
	for (i = 0; i < 10; i++)
		sys(SYS_nanosleep, nap, 0);
	observe("first_ran", shared[0] > 1000);
	observe("second_ran", shared[1] > 1000);
	shared[3] = 1;
	observe("both_end", sys(SYS_wait4, -1, 0, 0, 0) > 0 && sys(SYS_wait4, -1, 0, 0, 0) > 0);
	return 0;
}
