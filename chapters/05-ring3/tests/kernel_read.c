/* SPDX-License-Identifier: MIT */
/* kernel_read.c - the kernel's image is not for reading. */
#include "test.h"

TEST
{
	answer(*(volatile uint32_t *)0xffffffff80100000);
}
