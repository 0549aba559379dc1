/* SPDX-License-Identifier: MIT */
/* objects.c - the challenge: 10,000 allocations and frees of objects of mixed sizes. */
#include "ktest.h"
#include "memory/heap.h"

#define HELD 256
#define STEPS 10000

static uint8_t *held[HELD];

static void objects(void)
{
	unsigned failed = 0, changed = 0;

	for (unsigned step = 0; step < STEPS; step++) {
		unsigned i = ktest_random_below(HELD);

		if (held[i]) {
			changed += *held[i] != (uint8_t)i;
			kfree(held[i]);
			held[i] = NULL;
			continue;
		}
		held[i] = kmalloc(1 + ktest_random_below(1024));
		failed += !held[i];
		if (held[i])
			*held[i] = i;
	}
	for (unsigned i = 0; i < HELD; i++)
		kfree(held[i]);
	observe("failed=%u changed=%u", failed, changed);
}
KTEST(objects);
