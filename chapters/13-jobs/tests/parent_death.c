/* SPDX-License-Identifier: MIT */
/* parent_death.c - PR_SET_PDEATHSIG: from whom the signal is, and who may not send it. */
#define _GNU_SOURCE
#include "test.h"

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int parent, signals, code, from_parent;

static void look(int signal, siginfo_t *info, void *context)
{
	signals++;
	code = info->si_code;
	from_parent = info->si_pid == parent;
}

/* Whose parent ends when `hold` is closed. */
static void child(const char *key, int signal, int ready, int hold)
{
	struct sigaction action = { .sa_sigaction = look, .sa_flags = SA_SIGINFO };
	sigset_t all, pending;
	char byte = 'x';

	sigaction(signal, &action, NULL);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	prctl(PR_SET_PDEATHSIG, signal);
	write(ready, &byte, 1);
	read(hold, &byte, 1);
	while (getppid() == parent)
		sched_yield();
	sigpending(&pending);
	observe_number(text("%s_pending", key), sigismember(&pending, signal));
	sigemptyset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	observe_number(text("%s_signals", key), signals);
	observe_number(text("%s_code", key), code);
	observe_number(text("%s_from_parent", key), from_parent);
	_exit(0);
}

/* The parent is another user by then, if `uid` is not 0. */
static void try(const char *key, int signal, int uid, int queue)
{
	int ready[2], hold[2], pid;
	char byte;

	pipe(ready);
	pipe(hold);
	pid = fork();
	if (pid == 0) {
		parent = getpid();
		if (fork() == 0) {
			close(hold[1]);
			if (!queue)
				setrlimit(RLIMIT_SIGPENDING, &(struct rlimit){ 0, 0 });
			child(key, signal, ready[1], hold[0]);
		}
		read(ready[0], &byte, 1);
		if (uid)
			setresuid(uid, uid, uid);
		_exit(0);
	}
	close(hold[0]);
	close(hold[1]);
	close(ready[1]);
	waitpid(pid, NULL, 0);
	while (read(ready[0], &byte, 1) > 0)
		;
	close(ready[0]);
}

TEST
{
	try("ordinary", SIGUSR1, 0, 1);
	try("real_time", SIGRTMIN, 0, 1);
	try("without_queue", SIGRTMIN, 0, 0);
	try("not_allowed", SIGUSR1, 1000, 1);
	return 0;
}
