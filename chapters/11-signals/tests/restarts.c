/* SPDX-License-Identifier: MIT */
/* restarts.c - what becomes of a call that a signal interrupts. */
#include "test.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t caught;

static void count(int signal)
{
	caught++;
}

static void install(int signal, int flags)
{
	struct sigaction a = { .sa_handler = count, .sa_flags = flags };

	sigemptyset(&a.sa_mask);
	sigaction(signal, &a, NULL);
}

/* Signals the parent after 30 ms, lives 60 ms more. */
static int helper(int signal)
{
	int pid = fork();

	if (pid == 0) {
		usleep(30000);
		kill(getppid(), signal);
		usleep(60000);
		_exit(3);
	}
	return pid;
}

static long elapsed(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

static void waiting(const char *name, int flags)
{
	int status = -1, pid, result;

	install(SIGUSR1, flags);
	caught = 0;
	pid = helper(SIGUSR1);
	result = waitpid(pid, &status, 0);
	observe(text("%s_wait", name), result == pid ? 1 : -errno);
	observe(text("%s_caught", name), caught);
	if (result != pid)
		waitpid(pid, &status, 0);
}

static void sleeping(void)
{
	struct timespec span = { 0, 90000000 }, left = { 7, 7 }, start;

	install(SIGUSR1, SA_RESTART);
	helper(SIGUSR1);
	clock_gettime(CLOCK_MONOTONIC, &start);
	observe("nanosleep", nanosleep(&span, &left) ? -errno : 0);
	observe("left_is_less", left.tv_sec == 0 && left.tv_nsec > 0 && left.tv_nsec < 80000000);
	wait(NULL);
	helper(SIGUSR1);
	observe("pause", pause() ? -errno : 0);
	wait(NULL);
	helper(SIGUSR1);
	observe("sigsuspend", sigsuspend(&(sigset_t){ 0 }) ? -errno : 0);
	wait(NULL);
	helper(SIGUSR1);
	observe("clock_absolute",
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME,
				&(struct timespec){ start.tv_sec + 5, 0 }, NULL));
	wait(NULL);
}

/* An ignored or default-ignored signal does not even wake. */
static void unnoticed(void)
{
	struct timespec span = { 0, 60000000 };

	helper(SIGWINCH);
	observe("unnoticed", nanosleep(&span, NULL) ? -errno : 0);
	wait(NULL);
}

/* Stop and continue: the sleep goes on as if nothing had been. */
static void stopped(void)
{
	struct timespec start;
	int status, pid = fork();

	if (pid == 0) {
		struct timespec span = { 0, 100000000 };

		_exit(nanosleep(&span, NULL) ? 1 : 0);
	}
	clock_gettime(CLOCK_MONOTONIC, &start);
	usleep(20000);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	observe_hex("stopped", (unsigned)status);
	kill(pid, SIGCONT);
	waitpid(pid, &status, 0);
	observe("sleep_after_stop", status);
	observe("slept_its_time", elapsed(&start) >= 95);
}

static sigjmp_buf back;

static void jump(int signal)
{
	siglongjmp(back, 5);
}

static void jumping(void)
{
	struct sigaction a = { .sa_handler = jump };
	sigset_t mask;

	sigaction(SIGUSR1, &a, NULL);
	if (sigsetjmp(back, 1) == 0) {
		raise(SIGUSR1);
		observe("not_here", 1);
	}
	sigprocmask(SIG_BLOCK, NULL, &mask);
	observe("mask_after_jump", sigismember(&mask, SIGUSR1));
}

/* Two signals at once interrupt one call once. */
static void twice(void)
{
	int status, pid;

	install(SIGUSR1, SA_RESTART);
	install(SIGUSR2, SA_RESTART);
	caught = 0;
	pid = fork();
	if (pid == 0) {
		kill(getpid(), SIGSTOP);
		_exit(4);
	}
	waitpid(pid, NULL, WUNTRACED);
	if (fork() == 0) {
		usleep(20000);
		kill(getppid(), SIGUSR1);
		kill(getppid(), SIGUSR2);
		usleep(20000);
		kill(pid, SIGCONT);
		_exit(0);
	}
	observe("restarted_wait", waitpid(pid, &status, 0) == pid);
	observe("restarted_status", status >> 8);
	observe("both_caught", caught);
	wait(NULL);
}

TEST
{
	waiting("plain", 0);
	waiting("restart", SA_RESTART);
	sleeping();
	unnoticed();
	stopped();
	jumping();
	twice();
	return 0;
}
