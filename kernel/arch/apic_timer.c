/* SPDX-License-Identifier: MIT */
/*
 * apic_timer.c - the local APIC's timer as a one-shot: a 32-bit counter that runs down at the rate
 * of the processor's bus, which no table tells; timer_event.c measures it (SDM vol. 3, 11.5.4).
 *
 * Its rate may change in deep sleep states of the processor, which this kernel never enters:
 * idling is HLT. Writing the initial count starts it anew, so arming needs no stopping first.
 */
#include "arch/local_apic.h"
#include "arch/timer_event.h"
#include "arch/trap.h"
#include "lib/assert.h"

#define DIVIDE_BY_1 0x0b

static void apic_timer_arm(uint64_t ticks)
{
	assert(ticks > 0 && ticks <= ~0u); /* 0 would stop it for good */
	lapic_write(LAPIC_TIMER_INITIAL, (uint32_t)ticks);
}

static void apic_timer_stop(void)
{
	lapic_write(LAPIC_TIMER_INITIAL, 0);
}

/* Starts counting at the first call; an interrupt at its end, far away, would be harmless. */
static uint64_t apic_timer_elapsed(void)
{
	static bool started;

	if (!started) {
		started = true;
		lapic_write(LAPIC_TIMER_DIVIDE, DIVIDE_BY_1);
		lapic_write(LAPIC_LVT_TIMER, VECTOR_TIMER); /* mode bits 0: one-shot */
		lapic_write(LAPIC_TIMER_INITIAL, ~0u);
	}
	return ~0u - lapic_read(LAPIC_TIMER_CURRENT);
}

static void apic_timer_end(void)
{
	lapic_write(LAPIC_END, 0);
}

struct timer_event apic_timer = {
	.name = "APIC timer",
	.ticks_max = ~0u,
	.arm = apic_timer_arm,
	.stop = apic_timer_stop,
	.elapsed = apic_timer_elapsed,
	.end = apic_timer_end,
};
