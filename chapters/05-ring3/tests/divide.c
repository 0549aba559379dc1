/* SPDX-License-Identifier: MIT */
/* divide.c - division by zero: SIGFPE, FPE_INTDIV, at the instruction. */
#include "test.h"

TEST
{
	__asm__ volatile("xorl %%ecx, %%ecx; xorl %%edx, %%edx; divl %%ecx" : : : "rax", "rcx", "rdx");
	answer(0);
}
