/* SPDX-License-Identifier: MIT */
/*
 * jump_vsyscall.c - into the page of the old system calls, but where none begins: SIGSEGV, and nothing
 * said of the place.
 */
#include "test.h"

TEST
{
	void (*volatile nowhere)(void) = (void (*)(void))0xffffffffff600004;

	nowhere();
	answer(0);
}
