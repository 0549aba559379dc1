/* SPDX-License-Identifier: MIT */
/* fpu_sum.c - SSE arithmetic goes on right while interrupts come and go. */
#include "test.h"

TEST
{
	double sum = 0, sign = 1;

	for (unsigned i = 0; i < 3000000; i++, sign = -sign)
		sum += sign / (2 * i + 1);
	answer((uint32_t)(sum * 4e9));
}
