/* SPDX-License-Identifier: MIT */
/*
 * last_page.c - a call from the very last bytes of user space: the return address is the first that
 * no user page can have.  The program dies of it, not the kernel.
 */
#include "test.h"

#include <sys/mman.h>

#define LAST 0x7fffffffe000UL

TEST
{
	static const unsigned char code[] = { 0xb8, 0x0f, 0x27, 0, 0, 0x0f, 0x05 }; /* 9999, syscall */
	long at = sys(SYS_mmap, LAST, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	observe("mapped", at == (long)LAST);
	memcpy((char *)LAST + PAGE - sizeof(code), code, sizeof(code));
	((void (*)(void))(LAST + PAGE - sizeof(code)))();
	observe("returned", 1);
	return 0;
}
