/* SPDX-License-Identifier: MIT */
/* mixed.c - the challenge: 10,000 takings and puttings of frames, most of them single, some runs. */
#include "ktest.h"
#include "memory/frame_allocator.h"

#define HELD 256
#define STEPS 10000

static struct frame *held[HELD];

static uint64_t frames_free(void)
{
	struct frame_statistics now;

	frame_statistics_get(&now);
	return now.free;
}

static void mixed(void)
{
	uint64_t before = frames_free();
	unsigned failed = 0;

	for (unsigned step = 0; step < STEPS; step++) {
		struct frame **slot = &held[ktest_random_below(HELD)];

		if (*slot) {
			frame_put(*slot);
			*slot = NULL;
			continue;
		}
		*slot = step % 8 ? frame_alloc(FRAME_KERNEL, 0)
				 : frame_alloc_run(ktest_random_below(5), FRAME_KERNEL, 0);
		failed += !*slot;
	}
	for (unsigned i = 0; i < HELD; i++)
		if (held[i])
			frame_put(held[i]);
	observe("failed=%u lost=%ld", failed, (long)(before - frames_free()));
}
KTEST(mixed);
