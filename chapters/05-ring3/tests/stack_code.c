/* SPDX-License-Identifier: MIT */
/* stack_code.c - the stack holds data, not code: SEGV_ACCERR. */
#include "test.h"

TEST
{
	volatile uint8_t code[16] = { 0xc3 };

	((void (*)(void))(uintptr_t)code)();
	answer(code[0]);
}
