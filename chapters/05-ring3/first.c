/* SPDX-License-Identifier: MIT */
/*
 * first.c - process 1 of `make run CH=5`: it adds up in ring 3 and has no way to say the sum but to
 * die of it, by a write to address 0x100000000000 + sum * 0x1000.  loglevel=7 shows the address.
 */
#include "test.h"

TEST
{
	volatile uint32_t sum = 0;

	for (uint32_t i = 1; i <= 100; i++)
		sum += i;
	answer(sum);
}
