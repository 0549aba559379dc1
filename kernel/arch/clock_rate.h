/* SPDX-License-Identifier: MIT */
/*
 * clock_rate.h - how the time-stamp counter becomes nanoseconds: one formula for the kernel
 * (arch/tsc.c) and for programs that need no call (arch/vdso/), so that neither is ever ahead.
 */
#pragma once

#include "arch/wide.h"

struct clock_rate {
	uint64_t ns_base, tsc_base; /* the clock said ns_base when the counter was tsc_base */
	uint64_t scale;		    /* nanoseconds a tick, times 2^32 */
};

static inline uint64_t clock_rate_apply(const struct clock_rate *rate, uint64_t tsc)
{
	return rate->ns_base + multiply_scale(tsc - rate->tsc_base, rate->scale);
}
