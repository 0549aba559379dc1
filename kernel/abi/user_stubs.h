/* SPDX-License-Identifier: MIT */
/*
 * user_stubs.h - every system call as a C function of a program without a C library: sys_NAME
 * returns what the kernel left in rax (a result or -errno).
 *
 * C passes arguments in rdi rsi rdx rcx r8 r9, a system call in rdi rsi rdx r10 r8 r9 (SYSCALL
 * itself overwrites rcx and r11): that one move is all a stub does.  vfork is special: the child
 * runs on the parent's stack, so the return address must wait in a register (rdi) meanwhile.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define PATH(n)				const char *n
#define STRING(n)			const char *n
#define STRINGS(n)			const char *const *n
#define ADDRESS(n)			const void *n
#define POINTER(n)			void *n
#define IN(n, type)			const void *n
#define OUT(n, type)			void *n
#define INOUT(n, type)			void *n
#define IN_BYTES(n, count)		const void *n
#define OUT_BYTES(n, count)		void *n
#define IN_ARRAY(n, type, count)	const void *n
#define OUT_ARRAY(n, type, count)	void *n
#define INOUT_ARRAY(n, type, count)	void *n
#define SYSCALL(number, name, ...)	long sys_##name(__VA_ARGS__);
#define PLANNED(number, name, ...)	long sys_##name(__VA_ARGS__);
#include "abi/syscalls.def"

__asm__(".text\n"
	".weak sys_vfork\n"
	"sys_vfork:\n"
	"	popq %rdi\n"
	"	movl $58, %eax\n"
	"	syscall\n"
	"	pushq %rdi\n"
	"	ret\n");

#define STUB(number, name)                                                                         \
	__asm__(".text\n"                                                                          \
		".ifndef sys_" #name "\n"                                                          \
		".weak sys_" #name "\n"                                                            \
		"sys_" #name ":\n"                                                                 \
		"	movl $" #number ", %eax\n"                                                 \
		"	movq %rcx, %r10\n"                                                         \
		"	syscall\n"                                                                 \
		"	ret\n"                                                                     \
		".endif\n");
#define SYSCALL(number, name, ...) STUB(number, name)
#define PLANNED(number, name, ...) STUB(number, name)
#include "abi/syscalls.def"
#undef STUB

/* Any number, any arguments: what the calls above cannot say. */
static inline long raw_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;

	__asm__ volatile("syscall"
			 : "+a"(number)
			 : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return number;
}
