/* SPDX-License-Identifier: MIT */
/*
 * panics.c - the kernel itself does what the processor forbids: each test ends in a panic, whose
 * report is the observation.  Registers hold random numbers meanwhile, which the report must show.
 */
#include "arch/arch.h"
#include "ktest.h"

#define UNMAPPED 0xffffa00000000000UL /* between the direct map and the kernel stacks */

static void trap_breakpoint(void)
{
	uint64_t a = ktest_random(), b = ktest_random(), c = ktest_random();

	__asm__ volatile("movq %0, %%r8; movq %1, %%r13; movq %2, %%rsi; int3"
			 : : "r"(a), "r"(b), "r"(c) : "r8", "r13", "rsi");
}
KTEST(trap_breakpoint);

static void trap_opcode(void)
{
	uint64_t a = ktest_random(), b = ktest_random(), c = ktest_random();

	__asm__ volatile("movq %0, %%r8; movq %1, %%r13; movq %2, %%rsi; ud2"
			 : : "r"(a), "r"(b), "r"(c) : "r8", "r13", "rsi");
}
KTEST(trap_opcode);

static void trap_divide(void)
{
	__asm__ volatile("xorl %%ecx, %%ecx; xorl %%edx, %%edx; divl %%ecx"
			 : : : "rax", "rcx", "rdx");
}
KTEST(trap_divide);

/* A selector beyond the table: the processor pushes an error code, the selector. */
static void trap_selector(void)
{
	__asm__ volatile("movl $0x1230, %%eax; movw %%ax, %%fs" : : : "rax");
}
KTEST(trap_selector);

static void trap_page(void)
{
	uint64_t address = UNMAPPED + ktest_random_below(1UL << 40);

	*(volatile char *)address = 1;
}
KTEST(trap_page);

/* The stack pointer points nowhere: the fault's own frame cannot be pushed. */
static void trap_double(void)
{
	__asm__ volatile("movq %0, %%rsp; pushq %%rax" : : "r"(UNMAPPED) : "memory");
}
KTEST(trap_double);

/* A call chain that the backtrace must name. */
static __attribute__((noinline)) void trap_inner(int depth)
{
	if (depth)
		trap_inner(depth - 1);
	else
		__asm__ volatile("ud2");
	__asm__ volatile(""); /* no tail call */
}

static __attribute__((noinline)) void trap_outer(void)
{
	trap_inner(3);
	__asm__ volatile("");
}

static void trap_backtrace(void)
{
	trap_outer();
	__asm__ volatile("");
}
KTEST(trap_backtrace);
