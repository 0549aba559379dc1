/* SPDX-License-Identifier: MIT */
/*
 * numbers.c - which numbers are calls.  The number is the low half of rax, like every int argument
 * the low half of its register: garbage above does not matter.
 */
#include "test.h"

#include <linux/mman.h>

/* Bit 30 asks for the x32 ABI, which has numbers of its own from 512 on. */
static void x32(void)
{
	observe("x32_read", sys(0x40000000 + SYS_read, 99, "", 0));
	observe("x32_own", sys(0x40000000 + 512));
	observe("x32_own_last", sys(0x40000000 + 547));
	observe("x32_own_without_bit", sys(512));
	observe("x32_with_garbage_above", sys(0xdeadbeef40000001, REPORT, "\n", 1));
	observe("x32_and_sign", sys(0xc0000001, REPORT, "\n", 1));
}

/* An int has 32 bits; a long is looked at whole. */
static void upper_halves(void)
{
	const unsigned long garbage = 0xdeadbeef00000000;
	const long anonymous = MAP_PRIVATE | MAP_ANONYMOUS;
	long at = sys(SYS_mmap, 0, PAGE, PROT_READ | garbage, anonymous, -1, 0);

	observe("mmap_protection", at > 0);
	at = sys(SYS_mmap, 0, PAGE, PROT_READ, anonymous | garbage, -1, 0);
	observe("mmap_flags", at > 0);
	observe("mmap_descriptor", sys(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, garbage + 99, 0));
	observe("mmap_length", sys(SYS_mmap, 0, garbage + PAGE, PROT_READ, anonymous, -1, 0));
	at = sys(SYS_mmap, 0, PAGE, PROT_READ, anonymous, garbage + 0xffffffff, 0);
	observe("mmap_no_descriptor", at > 0);
	observe("mprotect", sys(SYS_mprotect, at, PAGE, PROT_READ | garbage));
	observe("madvise", sys(SYS_madvise, at, PAGE, MADV_DONTNEED | garbage));
	observe("mremap", sys(SYS_mremap, at, PAGE, PAGE, garbage));
	observe("munmap", sys(SYS_munmap, at, PAGE | garbage));
}

TEST
{
	observe("one_more_than_any", sys(SYS_write + 9998, REPORT, "\n", 1));
	observe("largest_int", sys(0x7fffffff));
	observe("minus_one", sys(-1));
	observe("least_int", sys(-2147483648L));
	observe("x32_write", sys(0x40000000 + SYS_write, REPORT, "\n", 1));
	observe("number_with_garbage_above", sys(0xdeadbeef00000001, REPORT, "\n", 1));
	observe("descriptor_with_garbage_above", sys(SYS_write, 0xdeadbeef00000003, "\n", 1));
	observe("count_with_garbage_above", sys(SYS_write, REPORT, "\n", 0xdead000000000001));
	observe("gap_in_the_table", sys(180)); /* nfsservctl, removed */
	x32();
	upper_halves();
	sys(SYS_exit_group, 0xdeadbeef00000003);
	return 0;
}
