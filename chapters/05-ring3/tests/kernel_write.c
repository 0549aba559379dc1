/* SPDX-License-Identifier: MIT */
/* kernel_write.c - the direct map of all memory is not for writing. */
#include "test.h"

TEST
{
	*(volatile uint32_t *)0xffff888000100000 = 0;
	answer(0);
}
