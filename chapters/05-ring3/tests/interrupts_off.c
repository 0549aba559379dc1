/* SPDX-License-Identifier: MIT */
/* interrupts_off.c - cli is the kernel's too. */
#include "test.h"

TEST
{
	__asm__ volatile("cli");
	answer(0);
}
