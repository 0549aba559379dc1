/* SPDX-License-Identifier: MIT */
/* single_step.c - the trap flag: SIGTRAP, TRAP_TRACE, after one instruction. */
#include "test.h"

TEST
{
	__asm__ volatile("pushfq; orq $0x100, (%%rsp); popfq; nop" : : : "memory", "cc");
	answer(0);
}
