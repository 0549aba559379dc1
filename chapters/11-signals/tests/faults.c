/* SPDX-License-Identifier: MIT */
/* faults.c - what the processor refuses: signal, code and address, handled, blocked and ignored. */
#include "test.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf back;
static siginfo_t info;
static volatile char *volatile nowhere = (volatile char *)8;

static void note(int signal, siginfo_t *i, void *context)
{
	info = *i;
	siglongjmp(back, 1);
}

#define TRY(name, wanted, code)                                                                    \
	do {                                                                                       \
		memset(&info, 0, sizeof(info));                                                    \
		if (sigsetjmp(back, 1) == 0) {                                                     \
			code;                                                                      \
		}                                                                                  \
		observe(name "_signal", info.si_signo);                                            \
		observe_number(name "_code", info.si_code);                                        \
		observe(name "_address", info.si_addr == (void *)(wanted));                        \
	} while (0)

static void dies(const char *name, int signal, void (*handler)(int), int block)
{
	int status, pid = fork();
	sigset_t set;

	if (pid == 0) {
		if (handler == SIG_IGN)
			sigaction(signal, &(struct sigaction){ .sa_handler = SIG_IGN }, NULL);
		sigemptyset(&set);
		sigaddset(&set, signal);
		if (block)
			sigprocmask(SIG_BLOCK, &set, NULL);
		*nowhere = 1;
		_exit(0);
	}
	waitpid(pid, &status, 0);
	observe_hex(name, (unsigned)status & 0x7f);
}

/* Computes with one exception of the x87 unmasked; the next instruction finds it pending. */
#define X87(name, unmasked, code)                                                                  \
	do {                                                                                       \
		uint16_t control = 0x37f & ~(unmasked);                                            \
		TRY(name, info.si_addr, __asm__ volatile("fninit; fldcw %0;" code "; fwait"        \
							 : : "m"(control), "m"(huge), "m"(small), \
							   "m"(single)));                   \
		__asm__ volatile("fninit");                                                        \
	} while (0)

static void floating_point(void)
{
	static volatile double huge = 1e300, small = 1e-300;
	static float single;
	volatile int least = -2147483647 - 1, minus_one = -1;

	X87("x87_invalid", 1, "fldz; fldz; fdivp");
	X87("x87_divide", 4, "fld1; fldz; fdivrp");
	X87("x87_overflow", 8, "fldl %1; fld %%st(0); fmulp; fstps %3");
	X87("x87_underflow", 16, "fldl %2; fstps %3");
	X87("x87_inexact", 32, "fldpi; fldpi; fmulp");
	X87("x87_two", 8 | 32, "fldl %1; fstps %3");
	X87("x87_masked", 0, "fld1; fldz; fdivrp");
	TRY("divide_overflow", info.si_addr, least = least / minus_one);
	TRY("divide_too_large", info.si_addr,
	    __asm__ volatile("movl $5, %%edx; xorl %%eax, %%eax; movl $2, %%ecx; divl %%ecx"
			     : : : "eax", "edx", "ecx"));
}

TEST
{
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
	char *page = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	volatile int zero = 0, one = 1;
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };
	unsigned i;

	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &a, NULL);
	munmap(page + 4096, 4096);
	TRY("null", 8, *nowhere = 1);
	TRY("read_only", page, *(volatile char *)page = 1);
	TRY("unmapped", page + 4096, *(volatile char *)(page + 4096) = 1);
	TRY("no_execute", page, ((void (*)(void))page)());
	TRY("kernel", 0xffffffff80100000, *(volatile char *)0xffffffff80100000 = 1);
	TRY("non_canonical", 0, *(volatile char *)0x8000000000000000 = 1);
	TRY("divide", info.si_addr, one = one / zero);
	TRY("opcode", info.si_addr, __asm__ volatile("ud2"));
	TRY("privileged", 0, __asm__ volatile("hlt"));
	TRY("breakpoint", 0, __asm__ volatile("int3"));
	TRY("system_call_gate", 0, __asm__ volatile("int $0x42"));
	floating_point();
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &(struct sigaction){ .sa_handler = SIG_DFL }, NULL);
	dies("default_action", SIGSEGV, SIG_DFL, 0);
	dies("blocked", SIGSEGV, SIG_DFL, 1);
	dies("ignored", SIGSEGV, SIG_IGN, 0);
	return 0;
}
