/* SPDX-License-Identifier: MIT */
/*
 * data.h - the page [vvar], which lies before [vdso] in every program: what the kernel tells it of
 * the clocks, so that it can read them by itself.
 *
 * task/clock.c writes it; the counter goes up before and after each change, and so is odd in
 * between.  Who reads takes what was read for true only if the counter was even and stayed as it
 * was.
 */
#pragma once

#include "arch/clock_rate.h"

struct vdso_data {
	uint32_t sequence;
	bool realtime_known; /* until the kernel has read the machine's clock, programs must call */
	struct clock_rate monotonic;
	uint64_t realtime_offset; /* CLOCK_REALTIME - CLOCK_MONOTONIC, in nanoseconds */
};
static_assert(sizeof(struct vdso_data) <= PAGE_SIZE, "it is one page");
