/* SPDX-License-Identifier: MIT */
/* fpu_divide.c - an x87 exception that the program unmasked: SIGFPE, FPE_FLTDIV. */
#include "test.h"

TEST
{
	uint16_t control = 0x37b; /* division by zero is not masked */

	__asm__ volatile("fldcw %0; fldz; fld1; fdivp; fwait" : : "m"(control));
	answer(0);
}
