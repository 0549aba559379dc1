/* SPDX-License-Identifier: MIT */
/* runs_free.c - the extension: how many runs of each order are free. */
#include "ktest.h"
#include "memory/frame_allocator.h"

weak unsigned long frame_runs_free(unsigned order);

#define RUNS 64
static struct frame *run[RUNS];

static long frames_in_runs(void)
{
	long frames = 0;

	for (unsigned order = 0; order <= FRAME_ORDER_MAX; order++)
		frames += frame_runs_free(order) << order;
	return frames;
}

static void runs_free(void)
{
	long before;

	if (!frame_runs_free) {
		observe("absent");
		return;
	}
	for (unsigned i = 0; i < RUNS; i++) /* blocks are touched before they are counted */
		run[i] = frame_alloc_run(FRAME_ORDER_MAX - 2, FRAME_KERNEL, 0);
	for (unsigned i = 0; i < RUNS; i++)
		if (run[i])
			frame_put(run[i]);
	before = frames_in_runs();
	observe("some=%d", before > 0);
	for (unsigned i = 0; i < RUNS; i++)
		run[i] = frame_alloc_run(3, FRAME_KERNEL, 0);
	observe("taken=%ld", before - frames_in_runs());
	for (unsigned i = 0; i < RUNS; i += 2)
		frame_put(run[i]);
	observe("half=%ld", before - frames_in_runs());
	for (unsigned i = 1; i < RUNS; i += 2)
		frame_put(run[i]);
	observe("back=%ld", before - frames_in_runs());
	observe("beyond=%lu", frame_runs_free(FRAME_ORDER_MAX + 1));
}
KTEST(runs_free);
