/* SPDX-License-Identifier: MIT */
/*
 * interrupts.h - set-up of interrupt controllers and clocks, for kmain(); their operation is in
 * arch.h.
 */
#pragma once

#include "arch/arch.h"

void interrupts_init(void); /* local APIC and I/O APIC where there are some, else the 8259 pair */
void clock_init(void);	    /* the first reading of the TSC and of a clock of known rate */
