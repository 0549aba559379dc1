/* SPDX-License-Identifier: MIT */
/* frames.c - what a handler finds and what it may change; forged_frames.c has what it may not. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

static siginfo_t info;
static ucontext_t context;
static unsigned long frame_at;
static uint32_t magic1, extended, state_size, magic2;

static void look(int signal, siginfo_t *i, void *c)
{
	ucontext_t *u = c;
	char *fpu = (char *)u->uc_mcontext.fpregs;

	info = *i;
	context = *u;
	frame_at = (unsigned long)c;
	memcpy(&magic1, fpu + 464, 4);
	memcpy(&extended, fpu + 468, 4);
	memcpy(&state_size, fpu + 480, 4);
	if (u->uc_flags & 1) /* extended state follows */
		memcpy(&magic2, fpu + extended - 4, 4);
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction a = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };

	sigemptyset(&a.sa_mask);
	sigaction(signal, &a, NULL);
}

/* The registers around a signal that comes in the middle of user code. */
static void untouched(void)
{
	unsigned long before = 0x1122334455667788, after, red = 0x55aa, red_after;

	__asm__ volatile("movq %2, %%r12; movq %3, -8(%%rsp); movq %4, %%rdi; movl $10, %%esi;"
			 "movl $62, %%eax; syscall; movq %%r12, %0; movq -8(%%rsp), %1"
			 : "=&r"(after), "=&r"(red_after)
			 : "r"(before), "r"(red), "r"((long)getpid())
			 : "rax", "rdi", "rsi", "rcx", "r11", "r12", "memory");
	observe("preserved_register", after == before);
	observe("red_zone", red_after == red);
}

static void shape(void)
{
	install(SIGUSR1, look, 0);
	untouched();
	observe("signo", info.si_signo);
	observe("errno", info.si_errno);
	observe_number("code", info.si_code);
	observe("pid", info.si_pid == getpid());
	observe("aligned", frame_at % 16);
	observe("fpu_aligned", (unsigned long)context.uc_mcontext.fpregs % 64);
	observe("flags", (long)context.uc_flags & ~1L); /* bit 0: the processor has XSAVE */
	observe_hex("selectors", (unsigned long)context.uc_mcontext.gregs[REG_CSGSFS]);
	observe("rax_is_result", context.uc_mcontext.gregs[REG_RAX]);
	observe_hex("magic1", magic1);
	observe("magic2", !(context.uc_flags & 1) || magic2 == 0x46505845);
	observe("sizes", extended == state_size + 4 && state_size >= 512);
}

static void edit(int signal, siginfo_t *i, void *c)
{
	ucontext_t *u = c;

	u->uc_mcontext.gregs[REG_RAX] = 4711;
	u->uc_mcontext.gregs[REG_EFL] |= 1; /* carry */
	u->uc_mcontext.fpregs->_xmm[3].element[0] = 99;
	sigaddset(&u->uc_sigmask, SIGUSR2);
}

static void edits(void)
{
	long result;
	unsigned char carry;
	unsigned xmm;
	sigset_t mask;

	install(SIGUSR1, edit, 0);
	__asm__ volatile("xorps %%xmm3, %%xmm3; movl $62, %%eax; movl $10, %%esi; movq %3, %%rdi;"
			 "syscall; setc %1; movd %%xmm3, %2"
			 : "=&a"(result), "=r"(carry), "=r"(xmm)
			 : "r"((long)getpid())
			 : "rdi", "rsi", "rcx", "r11", "xmm3", "memory");
	observe("edited_rax", result);
	observe("edited_carry", carry);
	observe("edited_xmm", xmm);
	sigprocmask(SIG_BLOCK, NULL, &mask);
	observe("edited_mask", sigismember(&mask, SIGUSR2));
}

TEST
{
	shape();
	edits();
	return 0;
}
