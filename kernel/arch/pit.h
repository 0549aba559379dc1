/* SPDX-License-Identifier: MIT */
/* pit.h - the 8254 timer chip (pit.c): a clock of known rate, and the fallback for interrupts. */
#pragma once

#include "arch/timer_event.h"

#define PIT_HERTZ 1193182

void pit_count_freely(void); /* channel 0 runs down from 65536 again and again */
uint16_t pit_counter(void);  /* what it has run down to */
void pit_stop(void);	     /* channel 0 stays silent */
