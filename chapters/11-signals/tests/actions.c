/* SPDX-License-Identifier: MIT */
/* actions.c - sigaction: what is kept, what is refused, one-shot actions, ignored signals. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void count(int signal)
{
	caught++;
}

static struct sigaction action(void (*handler)(int), int flags)
{
	struct sigaction a = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&a.sa_mask);
	return a;
}

static void errors(void)
{
	struct sigaction a = action(count, 0);

	observe("kill_cannot", syscall(SYS_rt_sigaction, SIGKILL, &a, NULL, 8) == -1 ? -errno : 0);
	observe("stop_cannot", syscall(SYS_rt_sigaction, SIGSTOP, &a, NULL, 8) == -1 ? -errno : 0);
	observe("kill_look", syscall(SYS_rt_sigaction, SIGKILL, NULL, &a, 8));
	observe("signal_0", syscall(SYS_rt_sigaction, 0, NULL, &a, 8) == -1 ? -errno : 0);
	observe("signal_65", syscall(SYS_rt_sigaction, 65, NULL, &a, 8) == -1 ? -errno : 0);
	observe("signal_64", syscall(SYS_rt_sigaction, 64, NULL, &a, 8));
	observe("set_size", syscall(SYS_rt_sigaction, SIGUSR1, NULL, &a, 4) == -1 ? -errno : 0);
	observe("bad_new", syscall(SYS_rt_sigaction, SIGUSR1, 8L, NULL, 8) == -1 ? -errno : 0);
	observe("bad_old", syscall(SYS_rt_sigaction, SIGUSR1, NULL, 8L, 8) == -1 ? -errno : 0);
}

static void kept(void)
{
	struct { unsigned long handler, flags, restorer, mask; } raw = { 1, ~0UL, 0x1234, ~0UL }, old;

	syscall(SYS_rt_sigaction, SIGUSR2, &raw, NULL, 8);
	syscall(SYS_rt_sigaction, SIGUSR2, NULL, &old, 8);
	observe_hex("kept_handler", old.handler);
	observe_hex("kept_flags", old.flags);
	observe_hex("kept_restorer", old.restorer);
	observe_hex("kept_mask", old.mask);
}

static void one_shot(void)
{
	struct sigaction a = action(count, SA_RESETHAND), now;
	int status, pid;

	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	observe("one_shot_caught", caught);
	sigaction(SIGUSR1, NULL, &now);
	observe("one_shot_default_again", now.sa_handler == SIG_DFL);
	pid = fork();
	if (pid == 0) {
		raise(SIGUSR1);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	observe_hex("second_time_kills", (unsigned)status);
}

static void ignored(void)
{
	struct sigaction a = action(SIG_IGN, 0), b = action(count, 0);
	sigset_t set, pending;

	caught = 0;
	sigaction(SIGUSR1, &a, NULL);
	raise(SIGUSR1);
	observe("ignored", caught);
	/* pending and then ignored: gone for ever */
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGUSR1, &b, NULL);
	raise(SIGUSR1);
	sigpending(&pending);
	observe("pending_before", sigismember(&pending, SIGUSR1));
	sigaction(SIGUSR1, &a, NULL);
	sigpending(&pending);
	observe("pending_after", sigismember(&pending, SIGUSR1));
	/* blocked and ignored: kept, because the action may change */
	raise(SIGUSR1);
	sigpending(&pending);
	observe("blocked_and_ignored", sigismember(&pending, SIGUSR1));
	sigaction(SIGUSR1, &b, NULL);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	observe("delivered_after_all", caught);
}

static void fork_keeps(void)
{
	struct sigaction a = action(count, 0);
	int status, pid;

	caught = 0;
	sigaction(SIGUSR1, &a, NULL);
	pid = fork();
	if (pid == 0) {
		raise(SIGUSR1);
		_exit(caught);
	}
	waitpid(pid, &status, 0);
	observe("child_has_handlers", status >> 8);
	observe("parent_saw_none", caught);
}

TEST
{
	errors();
	kept();
	one_shot();
	ignored();
	fork_keeps();
	return 0;
}
