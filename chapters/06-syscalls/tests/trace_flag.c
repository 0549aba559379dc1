/* SPDX-License-Identifier: MIT */
/*
 * trace_flag.c - single-stepping into a system call traps in the program, not in the kernel; the
 * nested-task flag, which must not be set where the kernel executes IRET, changes nothing of it.
 */
#include "test.h"

TEST
{
	observe("before", 1);
	__asm__ volatile("pushfq\n\torq $0x4100, (%%rsp)\n\tmovl $9999, %%eax\n\tpopfq\n\tsyscall"
			 : : : "rax", "rcx", "r11", "memory", "cc");
	observe("after", 1);
	return 0;
}
