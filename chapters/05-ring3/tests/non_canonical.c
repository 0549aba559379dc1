/* SPDX-License-Identifier: MIT */
/* non_canonical.c - an address that no page table can hold: the processor gives no address. */
#include "test.h"

TEST
{
	answer(*(volatile uint32_t *)0x8000000000000000);
}
