/* SPDX-License-Identifier: MIT */
/* breakpoint.c - int3 is the one trap that a program may ask for: SIGTRAP. */
#include "test.h"

TEST
{
	__asm__ volatile("int3");
	answer(0);
}
