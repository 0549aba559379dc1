/* SPDX-License-Identifier: MIT */
/* halt.c - hlt is the kernel's: SIGSEGV. */
#include "test.h"

TEST
{
	__asm__ volatile("hlt");
	answer(0);
}
