/* SPDX-License-Identifier: MIT */
/* masks.c - blocking: what pends once, what queues, in which order it comes, nested handlers. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char order[64];
static volatile int depth, deepest, calls;

static void note(int signal)
{
	size_t n = strlen(order);

	if (n < sizeof(order) - 4) {
		order[n] = (char)('a' + signal % 26);
		order[n + 1] = 0;
	}
}

static void nest(int signal)
{
	depth++;
	if (depth > deepest)
		deepest = depth;
	if (calls++ < 3)
		raise(signal);
	depth--;
}

static void install(int signal, void (*handler)(int), int flags)
{
	struct sigaction a = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&a.sa_mask);
	sigaction(signal, &a, NULL);
}

static void errors(void)
{
	sigset_t set;

	sigfillset(&set);
	observe("bad_how", syscall(SYS_rt_sigprocmask, 7, &set, NULL, 8) == -1 ? -errno : 0);
	observe("bad_how_no_set", syscall(SYS_rt_sigprocmask, 7, NULL, NULL, 8));
	observe("bad_size", syscall(SYS_rt_sigprocmask, 0, &set, NULL, 16) == -1 ? -errno : 0);
	observe("bad_set", syscall(SYS_rt_sigprocmask, 0, 8L, NULL, 8) == -1 ? -errno : 0);
	observe("bad_old", syscall(SYS_rt_sigprocmask, 0, NULL, 8L, 8) == -1 ? -errno : 0);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &(unsigned long){ ~0UL }, NULL, 8);
	syscall(SYS_rt_sigprocmask, 0, NULL, &set, 8);
	observe_hex("all_blocked", *(unsigned long *)&set);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &(unsigned long){ 0 }, NULL, 8);
}

TEST
{
	unsigned long all = ~0UL, none = 0, pending = 0;
	int i;

	errors();
	for (i = 1; i <= 64; i++)
		install(i, note, 0);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, 8);
	for (i = 0; i < 3; i++) {
		syscall(SYS_kill, getpid(), 40);
		syscall(SYS_kill, getpid(), SIGUSR2);
		syscall(SYS_tkill, getpid(), SIGHUP);
		syscall(SYS_kill, getpid(), SIGSEGV);
		syscall(SYS_kill, getpid(), 39);
	}
	syscall(SYS_rt_sigpending, &pending, 8);
	observe_hex("pending", pending);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
	observe_text("order", order);
	install(SIGUSR1, nest, SA_NODEFER);
	raise(SIGUSR1);
	observe("nested", deepest);
	deepest = depth = calls = 0;
	install(SIGUSR1, nest, 0);
	raise(SIGUSR1);
	observe("deferred", deepest);
	observe("deferred_calls", calls);
	/* a child has the mask, and nothing pending */
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, 8);
	raise(SIGUSR2);
	if (fork() == 0) {
		syscall(SYS_rt_sigpending, &pending, 8);
		observe_hex("child_pending", pending);
		syscall(SYS_rt_sigprocmask, 0, NULL, &pending, 8);
		observe_hex("child_mask", pending);
		_exit(0);
	}
	wait(NULL);
	syscall(SYS_rt_sigpending, &pending, 8);
	observe_hex("parent_pending", pending & ~(1UL << (SIGCHLD - 1)));
	return 0;
}
