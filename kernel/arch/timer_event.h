/* SPDX-License-Identifier: MIT */
/*
 * timer_event.h - the one-shot timer behind clock_event_program(), of which a machine has one of
 * two: the local APIC's, or channel 0 of the 8254 (PIT).
 *
 * It counts down from a number of its own ticks and interrupts at 0.  Its counter may be too short
 * for what is asked: then it fires early, and timer_event.c arms it again.
 */
#pragma once

#include "arch/arch.h"

struct timer_event {
	const char *name;
	uint64_t ticks_max;
	uint64_t hertz;		     /* 0: to be measured, by elapsed() */
	void (*arm)(uint64_t ticks); /* 0 < ticks <= ticks_max; replaces what was armed */
	void (*stop)(void);
	uint64_t (*elapsed)(void);   /* ticks since its first call, below 2^32 */
	void (*end)(void);	     /* tells the controller; NULL: interrupts.c did */
};

extern struct timer_event apic_timer; /* apic_timer.c */
extern struct timer_event pit_timer;  /* pit.c */

/* timer_event.c */
void timer_event_init(void);	  /* after the interrupt controllers */
void timer_event_calibrate(void); /* when tsc_hertz is known */
void timer_event_interrupt(struct registers *registers);
