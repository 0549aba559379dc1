/* SPDX-License-Identifier: MIT */
/*
 * forged_frames.c - a handler that writes into its frame what no program may have, and programs that
 * call sigreturn without any: SIGSEGV with SI_KERNEL, or the value is not taken over.
 *
 * Each try is made by a child.  A SIGSEGV handler on a stack of its own says the code; a kernel that
 * lets a forgery pass shows "returned".
 */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

struct forgery {
	const char *name;
	void (*forge)(ucontext_t *context, greg_t *registers, char *fpu);
};
static const struct forgery *trying;
static char stack[32768] __attribute__((aligned(16)));

#define FORGE(what) static void what(ucontext_t *u, greg_t *r, char *fpu)

FORGE(rip_non_canonical) { r[REG_RIP] = (greg_t)0x8000000000000000; }
FORGE(rip_first_after_users) { r[REG_RIP] = 0x7ffffffff000; }
FORGE(rip_hole_starts) { r[REG_RIP] = 0x800000000000; }
FORGE(rip_kernel) { r[REG_RIP] = (greg_t)0xffffffff80100000; }
FORGE(rsp_kernel) { r[REG_RSP] = (greg_t)0xffff888000000000; }
FORGE(rsp_non_canonical) { r[REG_RSP] = (greg_t)0x8000000000000000; }
FORGE(cs_kernel) { r[REG_CSGSFS] = (r[REG_CSGSFS] & ~0xffffL) | 0x10; }
FORGE(cs_null) { r[REG_CSGSFS] &= ~0xffffL; }
FORGE(cs_nowhere) { r[REG_CSGSFS] = (r[REG_CSGSFS] & ~0xffffL) | 0xfffb; }
FORGE(cs_local) { r[REG_CSGSFS] = (r[REG_CSGSFS] & ~0xffffL) | 0x07; }
FORGE(cs_data) { r[REG_CSGSFS] = (r[REG_CSGSFS] & ~0xffffL) | 0x2b; }
FORGE(ss_kernel) { r[REG_CSGSFS] = (r[REG_CSGSFS] & 0xffffffffffffL) | 0x18L << 48; }
FORGE(ss_nowhere) { r[REG_CSGSFS] = (r[REG_CSGSFS] & 0xffffffffffffL) | (greg_t)(0xfffbUL << 48); }
FORGE(ss_code) { r[REG_CSGSFS] = (r[REG_CSGSFS] & 0xffffffffffffL) | 0x33L << 48; }
FORGE(fpu_unmapped) { u->uc_mcontext.fpregs = (void *)0x40; }
FORGE(fpu_misaligned) { u->uc_mcontext.fpregs = (void *)(fpu + 8); }
FORGE(fpu_kernel) { u->uc_mcontext.fpregs = (void *)0xffff888000000000; }
FORGE(fpu_non_canonical) { u->uc_mcontext.fpregs = (void *)0x8000000000000000; }

/* The frame is at `at`, which is less than a frame below the end of what is mapped. */
static char *at_the_end(const char *fpu, size_t bytes)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(pages + PAGE, PAGE);
	return memcpy(pages + PAGE - bytes, fpu, bytes);
}

FORGE(fpu_half_mapped) { u->uc_mcontext.fpregs = (void *)at_the_end(fpu, 256); }

static const struct forgery forgeries[] = {
#define ENTRY(what) { #what, what }
	ENTRY(rip_non_canonical), ENTRY(rip_first_after_users), ENTRY(rip_hole_starts),
	ENTRY(rip_kernel), ENTRY(rsp_kernel), ENTRY(rsp_non_canonical),
	ENTRY(cs_kernel), ENTRY(cs_null), ENTRY(cs_nowhere), ENTRY(cs_local), ENTRY(cs_data),
	ENTRY(ss_kernel), ENTRY(ss_nowhere), ENTRY(ss_code),
	ENTRY(fpu_unmapped), ENTRY(fpu_misaligned), ENTRY(fpu_kernel), ENTRY(fpu_non_canonical),
	ENTRY(fpu_half_mapped),
};

static void forge(int signal, siginfo_t *info, void *context)
{
	ucontext_t *u = context;

	trying->forge(u, u->uc_mcontext.gregs, (char *)u->uc_mcontext.fpregs);
}

static void segv(int signal, siginfo_t *info, void *context)
{
	observe_number(text("%s_code", trying->name), info->si_code);
	observe(text("%s_address", trying->name), info->si_addr != NULL);
	_exit(2);
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction a = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO | flags };

	sigemptyset(&a.sa_mask);
	sigaction(signal, &a, NULL);
}

/* `handled`: SIGSEGV has a handler on the alternate stack. */
static void try(const struct forgery *forgery, bool handled, void (*run)(void))
{
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	int status, pid = fork();

	trying = forgery;
	if (pid == 0) {
		sigaltstack(&alternate, NULL);
		if (handled)
			install(SIGSEGV, segv, SA_ONSTACK);
		run();
		_exit(1);
	}
	waitpid(pid, &status, 0);
	if (!handled || status != 2 << 8)
		observe_text(forgery->name, text(status & 0x7f ? "killed by %d" : "returned",
						 status & 0x7f));
}

static void raise_it(void)
{
	install(SIGUSR1, forge, 0);
	raise(SIGUSR1);
}

/* ---- sigreturn without a signal ---- */

static uint64_t call_at;

/* Not through a restorer: `call_at` is where the kernel looks for the frame. */
static void bare_return(void)
{
	__asm__ volatile("movq %0, %%rsp; movl $15, %%eax; syscall; ud2" : : "r"(call_at) : "memory");
}

static void sigreturn_at(const char *name, uint64_t at)
{
	const struct forgery forgery = { name, NULL };

	call_at = at;
	try(&forgery, true, bare_return);
}

/* ---- what is not taken over, and what is accepted ---- */

static void more_flags(int signal, siginfo_t *i, void *c)
{
	unsigned long now;

	__asm__ volatile("pushfq; popq %0" : "=r"(now));
	observe_hex("handler_flags", now & 0x47700);
	((ucontext_t *)c)->uc_mcontext.gregs[REG_EFL] |= 0x1b7000; /* VIP VIF VM IOPL NT, RF */
}

static void fewer_flags(int signal, siginfo_t *i, void *c)
{
	((ucontext_t *)c)->uc_mcontext.gregs[REG_EFL] = 0; /* interrupts off, the fixed bit too */
}

static unsigned long flags_after(void (*handler)(int, siginfo_t *, void *))
{
	unsigned long now;

	install(SIGUSR1, handler, 0);
	__asm__ volatile("std; pushfq; orq $0x44000, (%%rsp); popfq" : : : "memory", "cc"); /* AC NT */
	syscall(SYS_kill, getpid(), SIGUSR1);
	__asm__ volatile("pushfq; popq %0; pushq $0x202; popfq" : "=r"(now) : : "memory", "cc");
	return now;
}

static void step(int signal, siginfo_t *i, void *c)
{
	((ucontext_t *)c)->uc_mcontext.gregs[REG_EFL] |= 0x100;
}

static volatile int steps;
static void stepped(int signal, siginfo_t *i, void *c)
{
	steps++;
	((ucontext_t *)c)->uc_mcontext.gregs[REG_EFL] &= ~0x100L;
}

static void without_fpu(int signal, siginfo_t *i, void *c)
{
	((ucontext_t *)c)->uc_mcontext.fpregs = NULL;
}

/* A program that knows nothing of XSAVE writes 512 bytes and no marks. */
static void legacy_fpu(int signal, siginfo_t *i, void *c)
{
	ucontext_t *u = c;

	memset((char *)u->uc_mcontext.fpregs + 464, 0, 48);
	u->uc_mcontext.fpregs->mxcsr = 0x7f80;
}

static void fpu_after(const char *name, void (*handler)(int, siginfo_t *, void *))
{
	uint16_t control = 0x77f;
	uint32_t mxcsr = 0x3f80, xmm;

	install(SIGUSR1, handler, 0);
	__asm__ volatile("fldcw %1; ldmxcsr %2; movl $5, %%eax; movd %%eax, %%xmm7;"
			 "movl $62, %%eax; movl $10, %%esi; movq %3, %%rdi; syscall;"
			 "movd %%xmm7, %0; fnstcw %1; stmxcsr %2"
			 : "=&r"(xmm), "+m"(control), "+m"(mxcsr)
			 : "r"((long)getpid())
			 : "rax", "rdi", "rsi", "rcx", "r11", "xmm7", "memory");
	observe_hex(text("%s_control", name), control);
	observe_hex(text("%s_mxcsr", name), mxcsr);
	observe(text("%s_xmm", name), xmm);
}

TEST
{
	for (size_t i = 0; i < sizeof(forgeries) / sizeof(*forgeries); i++) {
		try(&forgeries[i], false, raise_it);
		try(&forgeries[i], true, raise_it);
	}
	sigreturn_at("sigreturn_nowhere", 0x1000);
	sigreturn_at("sigreturn_kernel", 0xffff888000001000);
	sigreturn_at("sigreturn_non_canonical", 0x8000000000000000);
	sigreturn_at("sigreturn_zero", 0);
	sigreturn_at("sigreturn_zeros", (uint64_t)stack);
	sigreturn_at("sigreturn_odd", (uint64_t)stack + 3);
	observe_hex("more_flags_returned", flags_after(more_flags) & 0x1b7600);
	observe_hex("fewer_flags_returned", flags_after(fewer_flags) & 0x1b7602);
	install(SIGTRAP, stepped, 0);
	install(SIGUSR1, step, 0);
	raise(SIGUSR1);
	observe("steps", steps);
	fpu_after("without", without_fpu);
	fpu_after("legacy", legacy_fpu);
	observe("alive", 1);
	return 0;
}
