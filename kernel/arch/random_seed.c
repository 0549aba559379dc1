/* SPDX-License-Identifier: MIT */
/*
 * random_seed.c - where unpredictability comes from: RDRAND where there is one, and the moment at
 * which somebody first asked.  `seed=N` replaces both, for runs that shall repeat exactly.
 *
 * What it seeds is the generator of lib/random.c; called once, when the first random byte is asked
 * for. RDRAND alone is not trusted: the time-stamp counter is mixed in. Without RDRAND a seed is
 * weak on an emulator that counts instructions, and predictable randomness must not protect
 * anything.
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
