/* SPDX-License-Identifier: MIT */
/*
 * controller.h - an interrupt controller: the 8259 pair, or the I/O APIC with the local APIC.
 *
 * All are called with interrupts off.  A line that nobody has registered stays masked.
 */
#pragma once

#include "arch/arch.h"

struct interrupt_controller {
	const char *name;
	void (*unmask)(unsigned line);	    /* it arrives as vector VECTOR_LINE0 + line */
	void (*end)(unsigned line);	    /* the handler of `line` is done */
	bool (*is_spurious)(unsigned line); /* a vector without a request behind it; or NULL */
};

extern const struct interrupt_controller pic_controller; /* pic.c */
extern const struct interrupt_controller apic_controller; /* apic.c */

void pic_init(void); /* remaps and masks everything: also where the APIC takes over */
bool apic_init(void); /* false: there is none, or no table that describes it */
