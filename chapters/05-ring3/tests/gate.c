/* SPDX-License-Identifier: MIT */
/* gate.c - an interrupt gate that is not for users: SIGSEGV, not an interrupt. */
#include "test.h"

TEST
{
	__asm__ volatile("int $0x30");
	answer(0);
}
