/* SPDX-License-Identifier: MIT */
/*
 * start.c - what a program without a C library needs around test_main(): the entry, and the
 * functions that the compiler calls by itself.  The entry comes first in a flat image (flat.ld).
 */
#include "test.h"

__asm__(".section .text.start, \"ax\"\n"
	".globl _start\n"
	"_start:\n"
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
