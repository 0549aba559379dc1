/* SPDX-License-Identifier: MIT */
/* alternate_stack.c - handlers on a stack of their own, for the case that the other one is full. */
#include "test.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE 65536

static char *stack;
static volatile int on_it, state_inside, change_inside, code;
static sigjmp_buf back;

static void look(int signal, siginfo_t *info, void *context)
{
	char here;
	stack_t now, other = { .ss_sp = stack, .ss_size = SIZE };

	on_it = &here >= stack && &here < stack + SIZE;
	sigaltstack(NULL, &now);
	state_inside = now.ss_flags;
	change_inside = sigaltstack(&other, NULL) ? -errno : 0;
	code = info->si_code;
}

static void leave(int signal)
{
	siglongjmp(back, 1);
}

static int overflow(volatile int n)
{
	volatile char pad[4096];

	pad[0] = (char)n;
	return n < 0 ? 0 : overflow(n + 1) + pad[0];
}

static void errors(void)
{
	stack_t s = { .ss_sp = stack, .ss_size = SIZE };

	sigaltstack(NULL, &s);
	observe("none_flags", s.ss_flags);
	s = (stack_t){ .ss_sp = stack, .ss_size = 2047 };
	observe("too_small", sigaltstack(&s, NULL) ? -errno : 0);
	s = (stack_t){ .ss_sp = stack, .ss_size = SIZE, .ss_flags = 7 };
	observe("bad_flags", sigaltstack(&s, NULL) ? -errno : 0);
	observe("bad_pointer", syscall(SYS_sigaltstack, 8L, NULL) ? -errno : 0);
}

/* ---- how far the stack grows, and what happens when the other one is full too ---- */

static volatile uintptr_t lowest;

static int deepen(volatile int n)
{
	volatile char pad[1024];

	pad[0] = (char)n;
	lowest = (uintptr_t)pad;
	return n < 0 ? 0 : deepen(n + 1) + pad[0];
}

/* Between the first byte that could not be used and the limit: the guess of where the top is. */
static void grown(const char *key, size_t limit)
{
	uintptr_t top = (uintptr_t)&top | 0xffff;
	struct rlimit r = { limit, RLIM_INFINITY };

	setrlimit(RLIMIT_STACK, &r);
	if (sigsetjmp(back, 1) == 0)
		deepen(0);
	observe(key, top - lowest > limit - (192 << 10) && top - lowest < limit + (64 << 10));
}

static void deepen_on_it(int signal)
{
	static volatile int times;

	if (++times == 3)
		_exit(3);
	overflow(0);
}

/* Its own overflow: blocked, so it cannot be handled.  With SA_NODEFER the stack pointer has left the
 * other stack, which is then used from its top once more. */
static void both_full(const char *key, int flags)
{
	struct sigaction a = { .sa_handler = deepen_on_it, .sa_flags = SA_ONSTACK | flags };
	char *area = mmap(NULL, 3 * SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	stack_t s = { .ss_sp = area + SIZE, .ss_size = SIZE };
	volatile int *told = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
				  -1, 0);
	int status, pid = fork();

	if (pid == 0) {
		mprotect(area + SIZE, SIZE, PROT_READ | PROT_WRITE);
		sigaltstack(&s, NULL);
		sigaction(SIGSEGV, &a, NULL);
		*told = 1;
		overflow(0);
		*told = 2;
	}
	waitpid(pid, &status, 0);
	observe_hex(key, (unsigned)status);
	observe(text("%s_reached", key), *told);
}

/* A handler that gives its stack up, by jumping out, may use it again and again. */
static void again(void)
{
	volatile int times = 0;

	while (times < 5) {
		times++;
		if (sigsetjmp(back, 1) == 0)
			overflow(0);
	}
	observe("overflowed", times);
}

TEST
{
	struct sigaction a = { .sa_sigaction = look, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	struct rlimit limit = { 1 << 20, RLIM_INFINITY };
	stack_t s, now;
	int status, pid;

	stack = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	errors();
	s = (stack_t){ .ss_sp = stack, .ss_size = SIZE };
	observe("set", sigaltstack(&s, NULL));
	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	observe("on_it", on_it);
	observe("state_inside", state_inside);
	observe("change_inside", change_inside);
	sigaltstack(NULL, &now);
	observe("state_outside", now.ss_flags);
	observe("same_stack", now.ss_sp == stack && now.ss_size == SIZE);
	a.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	observe("without_onstack", on_it);

	/* the stack overflows; the handler runs all the same */
	setrlimit(RLIMIT_STACK, &limit);
	a.sa_handler = leave;
	a.sa_flags = SA_ONSTACK;
	sigaction(SIGSEGV, &a, NULL);
	if (sigsetjmp(back, 1) == 0)
		overflow(0);
	observe("survived_overflow", 1);
	again();
	grown("grown_to_1_mib", 1 << 20);
	grown("grown_to_3_mib", 3 << 20);
	grown("kept_what_it_had", 512 << 10);
	setrlimit(RLIMIT_STACK, &limit);
	both_full("both_full", 0);
	both_full("both_full_nodefer", SA_NODEFER);

	/* without one: the frame does not fit anywhere */
	pid = fork();
	if (pid == 0) {
		s.ss_flags = SS_DISABLE;
		sigaltstack(&s, NULL);
		overflow(0);
	}
	waitpid(pid, &status, 0);
	observe_hex("killed_without", (unsigned)status & 0x7f);

	/* a one-time stack is disarmed while the handler runs */
	s = (stack_t){ .ss_sp = stack, .ss_size = SIZE, .ss_flags = (int)(1U << 31) };
	observe("set_autodisarm", sigaltstack(&s, NULL));
	a = (struct sigaction){ .sa_sigaction = look, .sa_flags = SA_SIGINFO | SA_ONSTACK };
	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	observe("autodisarm_on_it", on_it);
	observe("autodisarm_state_inside", state_inside);
	observe("autodisarm_change_inside", change_inside);
	return 0;
}
