/* SPDX-License-Identifier: MIT */
/*
 * flags.c - the kernel trusts neither the flags nor the stack pointer that a program calls it with:
 * direction flag, alignment check, nested task; rsp in the kernel, non-canonical, zero.
 */
#include "test.h"

#include <linux/mman.h>

/* Calls number 9999 with flags `set` and the stack pointer `rsp` (0: the usual one). */
static long call_with(unsigned long set, unsigned long rsp, unsigned long *flags_after)
{
	unsigned long result = 9999, flags;

	__asm__ volatile("movq %%rsp, %%r12\n\t"
			 "pushfq\n\torq %[set], (%%rsp)\n\tpopfq\n\t"
			 "movq %[rsp], %%rsp\n\t"
			 "syscall\n\t"
			 "movq %%r12, %%rsp\n\t"
			 "pushfq\n\tpopq %[flags]\n\t"
			 "pushq $0x202\n\tpopfq"
			 : "+a"(result), [flags] "=&r"(flags)
			 : [set] "r"(set), [rsp] "r"(rsp)
			 : "rcx", "r11", "r12", "memory", "cc");
	*flags_after = flags & 0x44500;
	return (long)result;
}

static void try(const char *name, unsigned long set, unsigned long rsp)
{
	unsigned long flags;

	observe(name, call_with(set, rsp, &flags));
	observe_hex(text("%s_flags", name), flags);
}

/* A call that copies: backwards, if the kernel took the direction flag over. */
static long write_with_direction(const char *line, unsigned long length)
{
	long result = SYS_write;

	__asm__ volatile("std\n\tsyscall\n\tcld"
			 : "+a"(result)
			 : "D"((long)REPORT), "S"(line), "d"(length)
			 : "rcx", "r11", "memory", "cc");
	return result;
}

/* Page faults under the direction flag: fresh pages are zeroed forwards.  The frames have been used
 * before, so that it shows when one is not zeroed; the sum is the number of pages. */
static long touch_with_direction(void)
{
	enum { PAGES = 8, WORDS = PAGES * PAGE / sizeof(long) };
	volatile long *pages = map_pages(PAGES, PROT_READ | PROT_WRITE);
	long sum = 0;

	sys(SYS_munmap, pages, PAGES * PAGE);
	pages = map_pages(PAGES, PROT_NONE); /* fresh: map_pages fills those that it can write */
	sys(SYS_mprotect, pages, PAGES * PAGE, PROT_READ | PROT_WRITE);
	for (unsigned i = 0; i < WORDS; i += PAGE / sizeof(long))
		__asm__ volatile("std\n\tmovq $1, (%0)\n\tcld" : : "r"(pages + i) : "memory", "cc");
	for (unsigned i = 0; i < WORDS; i++)
		sum += pages[i];
	return sum;
}

TEST
{
	static const char line[] = "written_with_direction=whole and in order\n";
	char room[256] __attribute__((aligned(16)));

	try("direction", 0x400, (unsigned long)(room + 128));
	try("alignment", 0x40000, (unsigned long)(room + 129));
	try("nested_task", 0x4000, (unsigned long)(room + 128));
	try("rsp_in_the_kernel", 0, 0xffff888000100000);
	try("rsp_non_canonical", 0, 0x8000000000000000);
	try("rsp_zero", 0, 0);
	try("rsp_of_ones", 0, ~0UL);
	observe("direction_written", write_with_direction(line, sizeof(line) - 1));
	observe("direction_touched", touch_with_direction());
	observe("alive", 1);
	return 0;
}
