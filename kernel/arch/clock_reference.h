/* SPDX-License-Identifier: MIT */
/* clock_reference.h - counters whose rate is known (clock_reference.c), and how to compare two. */
#pragma once

#include "lib/types.h"

struct clock_reference {
	const char *name;
	uint64_t hertz;
	uint64_t mask;		/* the counter wraps here */
	uint64_t (*read)(void); /* counts up */
};

/* The TSC and another counter at one moment (tsc.c).  An interruption from outside, by the
 * emulator's host, between the two readings spoils a pair: the tightest of a few is taken. */
struct clock_pair {
	uint64_t tsc, other;
};
struct clock_pair clock_pair_read(uint64_t (*other)(void));

/* The best one that the machine has. */
const struct clock_reference *clock_reference_find(void);
