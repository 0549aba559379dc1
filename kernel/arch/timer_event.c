/* SPDX-License-Identifier: MIT */
/*
 * timer_event.c - "interrupt me at this time": turns a deadline in nanoseconds into ticks of the
 * timer that the machine has.
 *
 * Invariant: the timer is armed for `deadline`, or for something earlier; an interrupt that comes
 * early only arms it again.  So neither a short counter nor a rate that is slightly off can make a
 * deadline pass unnoticed or be reported too soon.
 *
 * Who may call: task/timer.c with interrupts off; the calibration at boot. deadline and the timer
 * change only with interrupts off. Rounding is upwards by one tick, so an interrupt comes late by
 * a tick rather than early by many.
 */
#include "arch/clock_reference.h"
#include "arch/local_apic.h"
#include "arch/pit.h"
#include "arch/timer_event.h"
#include "arch/wide.h"
#include "lib/assert.h"
#include "lib/printf.h"

#define NEVER	  (~0UL)
#define SECOND_NS 1000000000UL

static struct timer_event *timer = &pit_timer;
static uint64_t deadline = NEVER;   /* guarded by interrupts being off */
static uint64_t ticks_scale;	    /* ticks = nanoseconds * ticks_scale >> 32 */
static uint64_t ticks_max_ns;	    /* what ticks_max lasts */
static struct clock_pair start;	    /* for the calibration */

static void set_hertz(uint64_t hertz)
{
	assert(hertz);
	timer->hertz = hertz;
	ticks_scale = multiply_divide(hertz, 1UL << 32, SECOND_NS);
	ticks_max_ns = multiply_divide(timer->ticks_max, SECOND_NS, hertz);
}

static void timer_arm(void)
{
	uint64_t now = clock_monotonic(), left = deadline > now ? deadline - now : 0;
	uint64_t ticks = timer->ticks_max;

	if (left < ticks_max_ns)
		ticks = multiply_scale(left, ticks_scale) + 1;
	timer->arm(min(ticks, timer->ticks_max));
}

void clock_event_program(uint64_t at)
{
	uint64_t flags = interrupts_save();

	deadline = at;
	if (at == NEVER)
		timer->stop();
	else
		timer_arm();
	interrupts_restore(flags);
}

void timer_event_interrupt(struct registers *registers)
{
	/* The APIC wants to be told before a new count may interrupt again. */
	if (timer->end)
		timer->end();
	if (deadline == NEVER)
		return;
	if (clock_monotonic() < deadline) {
		timer_arm();
		return;
	}
	/* Before the step above is called: it programs the next one. */
	deadline = NEVER;
	timer_interrupt(registers);
}

static void line0_interrupt(void *unused)
{
	timer_event_interrupt(this_cpu()->interrupted);
}

void timer_event_init(void)
{
	if (local_apic) {
		timer = &apic_timer;
		start = clock_pair_read(timer->elapsed);
		set_hertz(SECOND_NS); /* a guess, until timer_event_calibrate() */
		pit_stop();
	} else {
		set_hertz(timer->hertz);
		timer->stop();
		interrupt_register(0, line0_interrupt, NULL);
	}
}

void timer_event_calibrate(void)
{
	struct clock_pair now;

	if (!timer->elapsed)
		return;
	now = clock_pair_read(timer->elapsed);
	if (now.tsc > start.tsc && now.other > start.other)
		set_hertz(multiply_divide(now.other - start.other, tsc_hertz, now.tsc - start.tsc));
	if (deadline == NEVER)
		timer->stop();
	kprintf(LOG_INFO, "timer: %s at %lu Hz", timer->name, timer->hertz);
}
