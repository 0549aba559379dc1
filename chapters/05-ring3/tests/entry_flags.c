/* SPDX-License-Identifier: MIT */
/* entry_flags.c - interrupts on, nothing else: no I/O privilege, no trap flag, direction up. */
#include "test.h"

TEST
{
	answer((uint32_t)entry.rflags & ~0x8d5u); /* but for arithmetic flags */
}
