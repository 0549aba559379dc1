/* SPDX-License-Identifier: MIT */
/* stop_continue.c - stopping, what the parent learns, and how SIGCONT and stop signals cancel out. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static siginfo_t info;
static volatile int told;

static void note(int signal, siginfo_t *i, void *context)
{
	info = *i;
	told++;
}

static int sleeper(void)
{
	int pid = fork();

	if (pid == 0) {
		signal(SIGCHLD, SIG_DFL);
		for (;;)
			pause();
	}
	return pid;
}

static void reports(void)
{
	int status, pid = sleeper();
	siginfo_t w;

	kill(pid, SIGSTOP);
	observe("stop", waitpid(pid, &status, WUNTRACED) == pid);
	observe_hex("stop_status", (unsigned)status);
	observe("stop_once", waitpid(pid, &status, WUNTRACED | WNOHANG));
	observe("told", told);
	observe_number("told_code", info.si_code);
	observe("told_status", info.si_status);
	kill(pid, SIGTERM);
	usleep(10000);
	observe("stopped_keeps_signals", waitpid(pid, &status, WNOHANG));
	kill(pid, SIGSTOP);
	kill(pid, SIGCONT);
	observe("then_dies", waitpid(pid, &status, 0) == pid);
	observe_hex("status", (unsigned)status);

	pid = sleeper();
	kill(pid, SIGTSTP);
	memset(&w, 0, sizeof(w));
	observe("waitid_stopped", waitid(P_PID, (id_t)pid, &w, WSTOPPED | WNOWAIT));
	observe_number("waitid_code", w.si_code);
	observe("waitid_status", w.si_status);
	observe("waitid_again", waitid(P_PID, (id_t)pid, &w, WSTOPPED));
	kill(pid, SIGCONT);
	observe("waitid_continued", waitid(P_PID, (id_t)pid, &w, WCONTINUED | WEXITED));
	observe_number("continued_code", w.si_code);
	observe("continued_status", w.si_status);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGKILL);
	observe("kill_ends_a_stop", waitpid(pid, &status, 0) == pid);
	observe_hex("killed_status", (unsigned)status);
}

static void quiet(void)
{
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO | SA_NOCLDSTOP };
	int status, pid = sleeper();

	sigaction(SIGCHLD, &a, NULL);
	told = 0;
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	observe("nocldstop", told);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	observe("but_the_end", told);
	observe_number("end_code", info.si_code);
	observe("end_status", info.si_status);
}

static void handled(int signal)
{
	told += 100;
}

/* A pending stop signal is taken back by SIGCONT, and the other way round. */
static void cancel(void)
{
	sigset_t set, pending;

	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGTSTP);
	kill(getpid(), SIGTTIN);
	kill(getpid(), SIGCONT);
	sigpending(&pending);
	observe("tstp_pending", sigismember(&pending, SIGTSTP));
	observe("ttin_pending", sigismember(&pending, SIGTTIN));
	observe("cont_pending", sigismember(&pending, SIGCONT));
	kill(getpid(), SIGTSTP);
	sigpending(&pending);
	observe("cont_pending_after_stop", sigismember(&pending, SIGCONT));
	observe("tstp_pending_after_stop", sigismember(&pending, SIGTSTP));
	signal(SIGTSTP, handled);
	told = 0;
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	observe("handled_stop", told);
}

/* In a group of its own, whose leader has a parent that is not process 1: not orphaned. */
static void job(void)
{
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO | SA_RESTART };

	setpgid(0, 0);
	sigaction(SIGCHLD, &a, NULL);
	reports();
	quiet();
	cancel();
}

TEST
{
	int status, pid = fork();

	if (pid == 0) {
		pid = fork();
		if (pid == 0) {
			job();
			_exit(0);
		}
		waitpid(pid, &status, 0);
		_exit(status);
	}
	waitpid(pid, &status, 0);
	return status >> 8;
}
