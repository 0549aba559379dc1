/* SPDX-License-Identifier: MIT */
/* restarts_io.c - what becomes of reading, writing and polling that a signal interrupts. */
#define _GNU_SOURCE /* ppoll */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STEP 20000 /* microseconds from one event to the next */

static volatile sig_atomic_t caught;
static int pipes[2];

static void count(int signal)
{
	caught++;
}

static void install(int signal, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigaction(signal, &action, NULL);
}

/* ---- what others do meanwhile, one step after the other; -1: nothing ---- */

static void drain(void)
{
	char bytes[4096];

	fcntl(pipes[0], F_SETFL, O_NONBLOCK);
	while (read(pipes[0], bytes, sizeof(bytes)) > 0)
		;
	fcntl(pipes[0], F_SETFL, 0);
}

static void helper(int signal, int second, void (*then)(void))
{
	if (fork())
		return;
	usleep(STEP);
	kill(getppid(), SIGSTOP); /* so that both are pending when it goes on */
	kill(getppid(), signal);
	if (second)
		kill(getppid(), second);
	kill(getppid(), SIGCONT);
	usleep(STEP);
	if (then)
		then();
	_exit(0);
}

static void put_byte(void)
{
	write(pipes[1], "x", 1);
}

static void begin(void)
{
	caught = 0;
	pipe(pipes);
}

static void done(const char *name, long result, int error)
{
	observe(name, result == -1 ? -error : result);
	observe(text("%s_caught", name), caught);
	wait(NULL);
	close(pipes[0]);
	close(pipes[1]);
}

/* ---- reading ---- */

static void reading(const char *name, int second)
{
	char byte;
	long result;

	begin();
	helper(SIGUSR1, second, put_byte);
	result = read(pipes[0], &byte, 1);
	done(name, result, errno);
}

static void reads(void)
{
	install(SIGUSR1, count, SA_RESTART);
	reading("read_restarts", 0);
	install(SIGUSR1, count, 0);
	reading("read_ends", 0);
	/* two at once: the first one delivered, which is the lower one, decides */
	install(SIGUSR1, count, SA_RESTART);
	install(SIGUSR2, count, SA_RESTART);
	reading("two_restart", SIGUSR2);
	install(SIGUSR2, count, 0);
	reading("restart_first", SIGUSR2);
	install(SIGUSR1, count, 0);
	install(SIGUSR2, count, SA_RESTART);
	reading("restart_second", SIGUSR2);
}

/* ---- writing ---- */

static char block[100000];

static void writing(const char *name, int full)
{
	long result;

	begin();
	if (full) {
		fcntl(pipes[1], F_SETFL, O_NONBLOCK);
		while (write(pipes[1], block, 4096) > 0)
			;
		fcntl(pipes[1], F_SETFL, 0);
	}
	helper(SIGUSR1, 0, drain);
	result = write(pipes[1], block, full ? 10 : sizeof(block));
	done(name, result, errno);
}

static void writes(void)
{
	install(SIGUSR1, count, SA_RESTART);
	writing("write_partial", 0);
	writing("write_restarts", 1);
	install(SIGUSR1, count, 0);
	writing("write_partial_too", 0);
	writing("write_ends", 1);
}

/* ---- calls that never restart ---- */

static void polls(void)
{
	struct timespec span = { 5, 0 };
	struct pollfd poll_fd;
	fd_set set;
	sigset_t signals;
	long result;

	install(SIGUSR1, count, SA_RESTART);
	begin();
	poll_fd = (struct pollfd){ .fd = pipes[0], .events = POLLIN };
	helper(SIGUSR1, 0, NULL);
	result = poll(&poll_fd, 1, 5000);
	done("poll", result, errno);
	begin();
	poll_fd.fd = pipes[0];
	helper(SIGUSR1, 0, NULL);
	result = ppoll(&poll_fd, 1, &span, NULL);
	done("ppoll", result, errno);
	begin();
	FD_ZERO(&set);
	FD_SET(pipes[0], &set);
	helper(SIGUSR1, 0, NULL);
	result = select(pipes[0] + 1, &set, NULL, NULL, NULL);
	done("select", result, errno);
	begin();
	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR2);
	helper(SIGUSR1, 0, NULL);
	result = sys(SYS_rt_sigtimedwait, &signals, NULL, &span, 8); /* the C library repeats it */
	done("sigtimedwait", result < 0 ? -1 : result, (int)-result);
}

static void stop_and_go(void)
{
	kill(getppid(), SIGSTOP);
	usleep(STEP);
	kill(getppid(), SIGCONT);
}

/* A signal without a handler, and a stop: poll goes on with the time that is left. */
static void poll_goes_on(void)
{
	struct pollfd poll_fd;
	long result;

	begin();
	poll_fd = (struct pollfd){ .fd = pipes[0], .events = POLLIN };
	helper(SIGWINCH, 0, put_byte);
	result = poll(&poll_fd, 1, 5000);
	done("poll_goes_on", result, errno);
	begin();
	poll_fd.fd = pipes[0];
	helper(SIGWINCH, 0, stop_and_go);
	result = poll(&poll_fd, 1, 150);
	done("poll_time_over", result, errno);
}

/* 400 ms of sleep: stopped from 50 to 250, interrupted at 300. */
static void remainder_kept(void)
{
	struct timespec span = { 0, 400000000 }, left = { 9, 9 };
	long result;

	begin();
	if (fork() == 0) {
		usleep(50000);
		kill(getppid(), SIGSTOP);
		usleep(200000);
		kill(getppid(), SIGCONT);
		usleep(50000);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	result = nanosleep(&span, &left);
	done("nanosleep", result, errno);
	observe("counts_the_stop", left.tv_sec == 0 && left.tv_nsec < 250000000);
}

/* ---- leaving a handler by a jump ---- */

static sigjmp_buf back;
static volatile int jumps;

static void jump(int signal)
{
	siglongjmp(back, 1);
}

static void jumping(void)
{
	struct sigaction action = { .sa_handler = jump };
	sigset_t set;
	char byte;
	long result;

	sigaddset(&action.sa_mask, SIGUSR2);
	sigaction(SIGUSR1, &action, NULL);
	begin();
	if (sigsetjmp(back, 1) == 0) {
		helper(SIGUSR1, 0, put_byte);
		read(pipes[0], &byte, 1);
		observe("not_here", 1);
	}
	sigprocmask(SIG_BLOCK, NULL, &set);
	observe("unblocked", sigismember(&set, SIGUSR1) + sigismember(&set, SIGUSR2));
	result = read(pipes[0], &byte, 1);
	done("read_after_jump", result, errno);
	while (sigsetjmp(back, 1) == 0 || ++jumps < 1000)
		raise(SIGUSR1);
	observe("jumps", jumps);
}

TEST
{
	reads();
	writes();
	polls();
	poll_goes_on();
	remainder_kept();
	jumping();
	return 0;
}
