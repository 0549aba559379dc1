/* SPDX-License-Identifier: MIT */
/*
 * start.c - what a program without a C library needs around test_main(): the entry, and the
 * functions that the compiler calls by itself.  The entry comes first in a flat image (flat.ld) and
 * keeps what the kernel left in the registers.
 */
#include "test.h"

struct entry entry;
static_assert(offsetof(struct entry, rsp) == 15 * 8, "_start stores by number");

__asm__(".section .text.start, \"ax\"\n"
	".globl _start\n"
	"_start:\n"
	"	movq %rax, entry+0\n	movq %rbx, entry+8\n	movq %rcx, entry+16\n"
	"	movq %rdx, entry+24\n	movq %rsi, entry+32\n	movq %rdi, entry+40\n"
	"	movq %rbp, entry+48\n	movq %r8, entry+56\n	movq %r9, entry+64\n"
	"	movq %r10, entry+72\n	movq %r11, entry+80\n	movq %r12, entry+88\n"
	"	movq %r13, entry+96\n	movq %r14, entry+104\n	movq %r15, entry+112\n"
	"	movq %rsp, entry+120\n	pushfq\n	popq entry+128\n"
	"	xorl %ebp, %ebp\n"	/* the outermost frame */
	"	andq $-16, %rsp\n"	/* as the ABI wants it before a call */
	"	call start\n"
	"	ud2\n"
	".text\n");

__attribute__((used)) static void start(void)
{
	sys(SYS_exit_group, test_main());
}

void *memset(void *to, int byte, size_t count)
{
	void *at = to;

	__asm__ volatile("rep stosb" : "+D"(at), "+c"(count) : "a"(byte) : "memory");
	return to;
}

void *memcpy(void *to, const void *from, size_t count)
{
	void *at = to;

	__asm__ volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(count) : : "memory");
	return to;
}

void *memmove(void *to, const void *from, size_t count)
{
	char *t = to;
	const char *f = from;

	if (t <= f)
		return memcpy(to, from, count);
	while (count--)
		((volatile char *)t)[count] = f[count];
	return to;
}

int memcmp(const void *a, const void *b, size_t count)
{
	const unsigned char *x = a, *y = b;

	for (; count; count--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *s)
{
	size_t length = 0;

	while (((const volatile char *)s)[length])
		length++;
	return length;
}
