/* SPDX-License-Identifier: MIT */
/* trace_flag.c - single-stepping into a system call traps in the program, not in the kernel. */
#include "test.h"

TEST
{
	observe("before", 1);
	__asm__ volatile("pushfq\n\torq $0x100, (%%rsp)\n\tmovl $9999, %%eax\n\tpopfq\n\tsyscall"
			 : : : "rax", "rcx", "r11", "memory", "cc");
	observe("after", 1);
	return 0;
}
