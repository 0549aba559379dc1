/* SPDX-License-Identifier: MIT */
/* clock_reference.h - a counter whose rate is known (clock_reference.c). */
#pragma once

#include "lib/types.h"

struct clock_reference {
	const char *name;
	uint64_t hertz;
	uint64_t mask;		/* the counter wraps here */
	uint64_t (*read)(void); /* counts up */
};

/* The best one that the machine has. */
const struct clock_reference *clock_reference_find(void);
