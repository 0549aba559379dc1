/* SPDX-License-Identifier: MIT */
/* local_apic.h - registers of the local APIC (SDM vol. 3, table 11-1). */
#pragma once

#include "arch/io.h"

#define LAPIC_TPR	    0x080 /* task priority: 0 lets every vector in */
#define LAPIC_END	    0x0b0
#define LAPIC_SPURIOUS	    0x0f0 /* bit 8 switches the APIC on */
#define LAPIC_LVT_TIMER	    0x320
#define LAPIC_LVT_LINT0	    0x350
#define LAPIC_LVT_ERROR	    0x370
#define LAPIC_TIMER_INITIAL 0x380 /* writing starts the count down; 0 stops */
#define LAPIC_TIMER_CURRENT 0x390
#define LAPIC_TIMER_DIVIDE  0x3e0
#define LAPIC_LVT_MASKED    0x10000

extern uint8_t *local_apic; /* NULL: the machine runs on the 8259 pair */

static inline uint32_t lapic_read(unsigned at)
{
	return mmio_read32(local_apic + at);
}
static inline void lapic_write(unsigned at, uint32_t value)
{
	mmio_write32(local_apic + at, value);
}
