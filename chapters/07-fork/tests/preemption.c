/* SPDX-License-Identifier: MIT */
/* preemption.c - two programs that never call the kernel both get on, and one that sleeps comes in. */
#include "test.h"

#include <linux/mman.h>

static long now(void)
{
	long t[2];

	sys(SYS_clock_gettime, 1, t);
	return t[0] * 1000000000 + t[1];
}

/*
 * The shortest of some naps of 15 ms, one and a half time slices.  Who comes back from sleep is not
 * kept waiting for the end of another's slice.
 */
static long shortest_nap(void)
{
	long nap[2] = { 0, 15000000 }, shortest = 1000000000;

	for (int i = 0; i < 12; i++) {
		long before = now(), took;

		sys(SYS_nanosleep, nap, 0);
		took = now() - before;
		shortest = took < shortest ? took : shortest;
	}
	return shortest;
}

TEST
{
	volatile long *shared = (long *)sys(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE,
					    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long nap[2] = { 0, 20000000 }, long_nap[2] = { 0, 100000000 };
	int i;

	for (i = 0; i < 2; i++)
		if (sys(SYS_fork) == 0)
			for (;;) {
				shared[i]++; /* until told, without any call */
				if (shared[3])
					sys(SYS_exit, 0);
			}
	sys(SYS_nanosleep, long_nap, 0);
	observe("both_ran_undisturbed", shared[0] > 1000 && shared[1] > 1000);
	for (i = 0; i < 10; i++)
		sys(SYS_nanosleep, nap, 0);
	observe("first_ran", shared[0] > 1000);
	observe("second_ran", shared[1] > 1000);
	observe("sleeper_comes_at_once", shortest_nap() < 17000000);
	shared[3] = 1;
	observe("both_end", sys(SYS_wait4, -1, 0, 0, 0) > 0 && sys(SYS_wait4, -1, 0, 0, 0) > 0);
	return 0;
}
