/* SPDX-License-Identifier: MIT */
/*
 * fpu_preempted.c - every register of the FPU in programs that never call the kernel while the timer
 * switches between them, and in a child that fork gave them to.
 */
#include "vectors.h"

#include <linux/mman.h>

#define TASKS 3
#define TURNS 3

struct shared {
	long beats[TASKS];
	int differ[TASKS], inherited[TASKS];
};
static volatile struct shared *shared;

/* Spins until every other one has run, several times over: so each has been switched out and in. */
static inline void wait_for_others(int me)
{
	long seen[TASKS];

	for (int turn = 0; turn < TURNS; turn++)
		for (int other = 0; other < TASKS; other++) {
			seen[other] = shared->beats[other];
			while (other != me && shared->beats[other] == seen[other])
				shared->beats[me]++;
		}
}

static void run(int me, const struct vectors *parents, bool avx)
{
	struct vectors mine, found;
	int other;

	vectors_store(&found, avx);
	shared->inherited[me] = vectors_differ(&found, parents, avx);
	vectors_make(&mine, 1000 + (uint64_t)me);
	vectors_load(&mine, avx);
	wait_for_others(me);
	vectors_store(&found, avx);
	shared->differ[me] = vectors_differ(&found, &mine, avx);
	do { /* for the others, who wait for this one */
		shared->beats[me]++;
		for (other = 0; other < TASKS && shared->differ[other] != -1; other++)
			;
	} while (other < TASKS);
	sys(SYS_exit, 0);
}

TEST
{
	bool avx = have_avx();
	struct vectors mine, found;
	int i;

	shared = (void *)sys(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0);
	for (i = 0; i < TASKS; i++)
		shared->differ[i] = shared->inherited[i] = -1;
	vectors_make(&mine, 7);
	for (i = 0; i < TASKS; i++) {
		vectors_load(&mine, avx);
		if (sys(SYS_fork) == 0)
			run(i, &mine, avx);
		vectors_store(&found, avx);
		observe(text("parent_%d", i), vectors_differ(&found, &mine, avx));
	}
	while (sys(SYS_wait4, -1, 0, 0, 0) > 0)
		;
	for (i = 0; i < TASKS; i++) {
		observe(text("inherited_%d", i), shared->inherited[i]);
		observe(text("kept_%d", i), shared->differ[i]);
	}
	observe("avx", avx || !processor_has_avx());
	return 0;
}
