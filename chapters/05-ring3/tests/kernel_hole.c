/* SPDX-License-Identifier: MIT */
/* kernel_hole.c - where the kernel's addresses begin nothing is mapped; a program is not to learn that. */
#include "test.h"

TEST
{
	answer(*(volatile uint32_t *)0x7ffffffff000);
}
