/* SPDX-License-Identifier: MIT */
/*
 * linux.h - system calls without a C library: sys(SYS_write, 1, "x", 1) is -errno or the result.
 *
 * A call takes its number in rax and up to six arguments in rdi, rsi, rdx, r10, r8, r9; the
 * SYSCALL instruction itself destroys rcx and r11 (System V ABI for x86-64, A.2.1).  Pointers and
 * numbers may be mixed; what is left out is 0.
 */
#pragma once

#include <sys/syscall.h> /* SYS_*; macros only */

static inline long sys_raw(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

#define sys(...) sys_pad_(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define sys_pad_(number, a, b, c, d, e, f, ...)                                                    \
	sys_raw(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
