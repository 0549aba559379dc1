/* SPDX-License-Identifier: MIT */
/*
 * registers.c - a program starts with all registers 0 but rsp; a system call changes rax, rcx and
 * r11 and nothing else; rcx and r11 hold the return address and the flags, as the SYSCALL
 * instruction left them.
 */
#include "test.h"

__attribute__((used)) static uint64_t before[16], after[16];
extern const char behind_the_call[];

/* Loads all registers but rsp from `before`, calls number 9999, stores them in `after`. */
__attribute__((noinline)) static void call_with_all(void)
{
	__asm__ volatile("pushq %%rbp\n\tpushq %%rbx\n\t"
			 "movq before+8, %%rbx\n\tmovq before+16, %%rcx\n\tmovq before+24, %%rdx\n\t"
			 "movq before+32, %%rsi\n\tmovq before+40, %%rdi\n\tmovq before+48, %%rbp\n\t"
			 "movq before+56, %%r8\n\tmovq before+64, %%r9\n\tmovq before+72, %%r10\n\t"
			 "movq before+80, %%r11\n\tmovq before+88, %%r12\n\tmovq before+96, %%r13\n\t"
			 "movq before+104, %%r14\n\tmovq before+112, %%r15\n\tmovl $9999, %%eax\n\t"
			 "syscall\n"
			 "behind_the_call:\n\t"
			 "movq %%rax, after\n\t"
			 "movq %%rbx, after+8\n\tmovq %%rcx, after+16\n\tmovq %%rdx, after+24\n\t"
			 "movq %%rsi, after+32\n\tmovq %%rdi, after+40\n\tmovq %%rbp, after+48\n\t"
			 "movq %%r8, after+56\n\tmovq %%r9, after+64\n\tmovq %%r10, after+72\n\t"
			 "movq %%r11, after+80\n\tmovq %%r12, after+88\n\tmovq %%r13, after+96\n\t"
			 "movq %%r14, after+104\n\tmovq %%r15, after+112\n\t"
			 "popq %%rbx\n\tpopq %%rbp"
			 : : : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12",
			       "r13", "r14", "r15", "memory", "cc");
}

TEST
{
	static const char *const names[] = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8",
					     "r9", "r10", "r11", "r12", "r13", "r14", "r15" };

	for (unsigned i = 0; i < 15; i++)
		if (entry.general[i])
			observe_hex(text("%s_at_start", names[i]), entry.general[i]);
	for (unsigned i = 0; i < 15; i++)
		before[i] = 0x9e3779b97f4a7c15 * (i + 1);
	call_with_all();
	observe("rax", (long)after[0]);
	for (unsigned i = 1; i < 15; i++)
		if (i != 2 && i != 10)
			observe(text("%s_kept", names[i]), after[i] == before[i]);
	observe("rcx_is_return_address", after[2] == (uint64_t)behind_the_call);
	observe_hex("r11_flags", after[10] & 0x40700);
	return 0;
}
