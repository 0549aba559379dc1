/* SPDX-License-Identifier: MIT */
/* seccomp_strict.c - seccomp(2), strict mode: read, write, exit, and nothing else for ever. */
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

enum { STRICT = 0 };

static void ends(void)
{
	sys(SYS_exit, 3);
}

static void asks(void)
{
	sys(SYS_getpid);
}

static void executes(void)
{
	sys(SYS_execve, self(), 0, 0);
}

static void forks(void)
{
	sys(SYS_fork);
}

static void ends_group(void)
{
	sys(SYS_exit_group, 4);
}

static void child(const char *key, void (*what)(void))
{
	int status = 0;

	if (fork() == 0) {
		if (sys(SYS_seccomp, STRICT, 0, 0) == 0)
			what();
		sys(SYS_exit, 99);
	}
	wait(&status);
	observe_text(key, WIFSIGNALED(status) ? text("killed by %d", WTERMSIG(status))
					      : text("exit %d", WEXITSTATUS(status)));
}

TEST
{
	observe("flags", sys(SYS_seccomp, STRICT, 1, 0));
	observe("pointer", sys(SYS_seccomp, STRICT, 0, 8));
	observe("operation", sys(SYS_seccomp, 77, 0, 0));
	child("ends", ends);
	child("asks", asks);
	child("executes", executes);
	child("forks", forks);
	child("ends_group", ends_group);
	return 0;
}
