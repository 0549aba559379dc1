/* SPDX-License-Identifier: MIT */
/* opcode.c - an instruction that does not exist: SIGILL. */
#include "test.h"

TEST
{
	__asm__ volatile("ud2");
	answer(0);
}
