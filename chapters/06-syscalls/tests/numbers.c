/* SPDX-License-Identifier: MIT */
/*
 * numbers.c - which numbers are calls.  The number is the low half of rax, like every int argument
 * the low half of its register: garbage above does not matter.
 */
#include "test.h"

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
	return 0;
}
