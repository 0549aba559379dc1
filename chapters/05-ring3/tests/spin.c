/* SPDX-License-Identifier: MIT */
/* spin.c - an endless loop keeps the processor, with interrupts on, at privilege 3. */
#include "test.h"

TEST
{
	for (;;)
		__asm__ volatile("" : : : "memory");
}
