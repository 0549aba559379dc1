/* SPDX-License-Identifier: MIT */
/*
 * random_seed.c - where unpredictability comes from: RDRAND where there is one, and the moment at
 * which somebody first asked.  `seed=N` replaces both, for runs that shall repeat exactly.
 */
#include "arch/arch.h"
#include "lib/command_line.h"
#include "lib/random.h"

void random_seed(uint64_t seed[4])
{
	uint64_t fixed = command_line_number("seed", ~0UL), hardware = 0;

	for (int i = 0; i < 4; i++) {
		if (fixed == ~0UL && !hardware_random(&hardware))
			hardware = (uint64_t)i << 60;
		seed[i] = fixed == ~0UL ? hardware ^ tsc_read() : fixed + (uint64_t)i;
	}
}
