/* SPDX-License-Identifier: MIT */
/*
 * tsc.c - the clock: nanoseconds since boot, from the processor's time-stamp counter.
 *
 *	nanoseconds = ns_base + (tsc - tsc_base) * scale / 2^32		(arch/clock_rate.h)
 *
 * The counter's rate is measured without waiting: clock_init() reads it together with a clock of
 * known rate, clock_calibrate_again() reads both again where boot ends.  In between a guess serves;
 * the clock goes on from there without going back.  Only boot changes the numbers, so reading needs
 * no lock.
 *
 * Needs a TSC that runs at one rate whatever the processor does (SDM vol. 3, "Invariant TSC").
 * tsc_rate is written by boot alone.
 */
#include "arch/clock_rate.h"
#include "arch/clock_reference.h"
#include "arch/interrupts.h"
#include "arch/msr.h"
#include "arch/timer_event.h"
#include "lib/assert.h"
#include "lib/printf.h"

#define SECOND_NS      1000000000UL
#define GUESSED_HERTZ  1000000000UL
#define PAIR_ATTEMPTS  4

uint64_t tsc_hertz = GUESSED_HERTZ;

struct clock_rate tsc_rate = { .scale = (SECOND_NS << 32) / GUESSED_HERTZ };
static const struct clock_reference *reference;
static struct clock_pair first;

uint64_t clock_monotonic(void)
{
	return clock_rate_apply(&tsc_rate, tsc_read());
}

struct clock_pair clock_pair_read(uint64_t (*other)(void))
{
	struct clock_pair best = { 0, 0 };
	uint64_t tightest = ~0UL;
	int attempt;

	for (attempt = 0; attempt < PAIR_ATTEMPTS; attempt++) {
		uint64_t before = tsc_read(), value = other(), after = tsc_read();

		if (after - before < tightest) {
			tightest = after - before;
			best.tsc = before + (after - before) / 2;
			best.other = value;
		}
	}
	return best;
}

/* CPUID leaf 15h: the crystal's rate and the TSC's ratio to it, where the processor tells. */
static uint64_t hertz_told(void)
{
	struct cpuid c;

	if (cpuid(0, 0).eax < 0x15)
		return 0;
	c = cpuid(0x15, 0);
	return c.eax ? (uint64_t)c.ecx * c.ebx / c.eax : 0;
}

static void set_hertz(uint64_t hertz)
{
	tsc_hertz = hertz;
	assert(hertz >= 2); /* else the quotient would not fit: #DE */
	tsc_rate.scale = multiply_divide(SECOND_NS, 1UL << 32, hertz);
}

void clock_init(void)
{
	uint64_t told = hertz_told();

	reference = clock_reference_find();
	first = clock_pair_read(reference->read);
	tsc_rate.tsc_base = first.tsc;
	if (told)
		set_hertz(told);
}

void clock_calibrate_again(void)
{
	struct clock_pair now = clock_pair_read(reference->read);
	uint64_t ticks = (now.other - first.other) & reference->mask;
	uint64_t cycles = now.tsc - first.tsc, so_far = clock_monotonic();

	assert(reference);
	if (!ticks || !cycles)
		return;
	/* Never back: if the guess ran ahead, the clock stands where it was. */
	tsc_rate.ns_base = max(so_far, multiply_divide(ticks, SECOND_NS, reference->hertz));
	tsc_rate.tsc_base = now.tsc;
	set_hertz(multiply_divide(cycles, reference->hertz, ticks));
	kprintf(LOG_INFO, "clock: TSC at %lu Hz, by %s", tsc_hertz, reference->name);
	timer_event_calibrate();
}
