/* SPDX-License-Identifier: MIT */
/* port.c - ports are closed: IOPL is 0 and there is no permission map. */
#include "test.h"

TEST
{
	__asm__ volatile("outb %%al, $0x80" : : "a"(0));
	answer(0);
}
