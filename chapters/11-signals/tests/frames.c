/* SPDX-License-Identifier: MIT */
/* frames.c - what a handler finds, what it may change, and forged frames. */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
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

/* ---- forged: each in a child, which must die of SIGSEGV ---- */

static int forgery;

static void forge(int signal, siginfo_t *i, void *c)
{
	ucontext_t *u = c;
	greg_t *r = u->uc_mcontext.gregs;

	switch (forgery) {
	case 0:
		r[REG_RIP] = (greg_t)0x8000000000000000;
		break;
	case 1:
		r[REG_CSGSFS] = (r[REG_CSGSFS] & ~0xffffL) | 0x08;
		break;
	case 2:
		r[REG_CSGSFS] = (r[REG_CSGSFS] & 0xffffffffffffL) | 0x10L << 48;
		break;
	case 3:
		r[REG_RSP] = (greg_t)0xffff888000000000;
		break;
	case 4:
		u->uc_mcontext.fpregs = (void *)0x10;
		break;
	case 5:
		u->uc_mcontext.fpregs = (void *)((char *)u->uc_mcontext.fpregs + 8);
		break;
	case 6:
		r[REG_RIP] = (greg_t)0xffffffff80100000;
		break;
	}
}

static const char *const forgeries[] = { "rip_non_canonical", "kernel_cs", "kernel_ss",
					 "kernel_rsp", "fpu_unmapped", "fpu_misaligned",
					 "kernel_rip" };

static void forged(void)
{
	int status, pid;

	install(SIGUSR1, forge, 0);
	for (forgery = 0; forgery < 7; forgery++) {
		pid = fork();
		if (pid == 0) {
			raise(SIGUSR1);
			_exit(1);
		}
		waitpid(pid, &status, 0);
		observe_hex(text("forged_%s", forgeries[forgery]), (unsigned)status & 0x7f);
	}
}

/* IOPL, NT and the like are not taken over; the handler itself starts without TF and DF. */
static void flags(int signal, siginfo_t *i, void *c)
{
	unsigned long now;

	__asm__ volatile("pushfq; popq %0" : "=r"(now));
	observe_hex("handler_flags", now & 0x47700);
	((ucontext_t *)c)->uc_mcontext.gregs[REG_EFL] |= 0x7000;
}

static void forged_flags(void)
{
	unsigned long now;

	install(SIGUSR1, flags, 0);
	__asm__ volatile("std");
	syscall(SYS_kill, getpid(), SIGUSR1);
	__asm__ volatile("pushfq; popq %0; cld" : "=r"(now));
	observe_hex("returned_flags", now & 0x7400);
}

TEST
{
	shape();
	edits();
	forged();
	forged_flags();
	return 0;
}
