/* SPDX-License-Identifier: MIT */
/* kernel_write.c - the direct map of all memory is not for writing: here, RAM at 64 KiB. */
#include "test.h"

TEST
{
	*(volatile uint32_t *)0xffff888000010000 = 0;
	answer(0);
}
