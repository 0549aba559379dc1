/* SPDX-License-Identifier: MIT */
/* jump_null.c - a jump to 0: SIGSEGV, SEGV_MAPERR at 0. */
#include "test.h"

TEST
{
	void (*volatile nowhere)(void) = 0;

	nowhere();
	answer(0);
}
