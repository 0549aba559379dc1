/* SPDX-License-Identifier: MIT */
/* entry_registers.c - a fresh program finds nothing of the kernel's in its registers. */
#include "test.h"

TEST
{
	uint64_t any = 0;

	for (unsigned i = 0; i < 15; i++)
		any |= entry.general[i];
	answer((uint32_t)(any | any >> 32));
}
