/* SPDX-License-Identifier: MIT */
/* poll_calls.c - poll and ppoll: arguments, time-outs, masks. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

static volatile sig_atomic_t caught;
static void count(int signal)
{
	caught++;
}

static long elapsed(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000;
}

static void descriptors(void)
{
	int end[2], file = open("/proc/self/exe", O_RDONLY), path = open("/", O_PATH);
	struct pollfd fds[8] = {
		{ -1, POLLIN, 0x55 }, { -100, -1, 0x55 }, { 77, POLLIN, 0x55 }, { 77, 0, 0x55 },
		{ file, POLLIN | POLLOUT | POLLPRI, 0x55 }, { file, 0, 0x55 }, { path, POLLIN, 0x55 }, { -1, 0, 0 },
	};

	pipe(end);
	fds[7] = (struct pollfd){ end[0], POLLIN, 0x55 };
	observe("told", sys(SYS_poll, fds, 8, -1));
	for (int i = 0; i < 8; i++)
		observe_hex(text("revents_%d", i), (unsigned short)fds[i].revents);
	observe("told_negative", sys(SYS_poll, fds, 2, 0));
	fds[2] = fds[3] = (struct pollfd){ end[1], POLLOUT, 0 };
	observe("told_twice", sys(SYS_poll, fds + 2, 2, -1));
	fds[7].revents = 0x55;
	observe("told_nothing", sys(SYS_poll, fds + 7, 1, 0));
	observe_hex("revents_cleared", (unsigned short)fds[7].revents);
	close(end[0]), close(end[1]), close(file), close(path);
}

static void arguments(void)
{
	char *last = map_pages(2, PROT_READ | PROT_WRITE), *constant = map_pages(1, PROT_READ | PROT_WRITE);
	struct rlimit old, few;
	struct pollfd one = { .fd = -1 };

	munmap(last + PAGE, PAGE);
	getrlimit(RLIMIT_NOFILE, &old);
	few = old;
	few.rlim_cur = 8;
	setrlimit(RLIMIT_NOFILE, &few);
	observe("eight", sys(SYS_poll, last, 8, 0));
	observe("nine", sys(SYS_poll, last, 9, 0));
	observe("all_ones", sys(SYS_poll, last, -1, 0));
	observe("upper_half", sys(SYS_poll, last, 0x100000001, 0));
	setrlimit(RLIMIT_NOFILE, &old);
	observe("none", sys(SYS_poll, NULL, 0, 0));
	observe("none_bad", sys(SYS_poll, 8, 0, 0));
	observe("null", sys(SYS_poll, NULL, 1, 0));
	memset(last, 0xff, PAGE);
	observe("up_to_end", sys(SYS_poll, last + PAGE - sizeof(one), 1, 0));
	observe("past_end", sys(SYS_poll, last + PAGE - sizeof(one), 2, 0));
	memset(constant, 0xff, PAGE);
	mprotect(constant, PAGE, PROT_READ);
	observe("constant", sys(SYS_poll, constant, 1, 0));
	observe("ppoll_seconds", sys(SYS_ppoll, &one, 1, (&(struct timespec){ -1, 0 }), NULL, 8));
	observe("ppoll_nanoseconds", sys(SYS_ppoll, &one, 1, (&(struct timespec){ 0, 1000000000 }), NULL, 8));
	observe("ppoll_negative", sys(SYS_ppoll, &one, 1, (&(struct timespec){ 0, -1 }), NULL, 8));
	observe("ppoll_time_bad", sys(SYS_ppoll, &one, 1, 8, NULL, 8));
	observe("ppoll_mask_size", sys(SYS_ppoll, &one, 1, &(struct timespec){ 0 }, &(sigset_t){ 0 }, 4));
	observe("ppoll_mask_bad", sys(SYS_ppoll, &one, 1, &(struct timespec){ 0 }, 8, 8));
	observe("ppoll_no_mask_size", sys(SYS_ppoll, &one, 1, &(struct timespec){ 0 }, NULL, 4));
	observe("ppoll_time_first", sys(SYS_ppoll, &one, 1, (&(struct timespec){ -1, 0 }), 8, 4));
}

static void time_outs(void)
{
	struct timespec start, left = { 0, 30000000 };
	int end[2];
	struct pollfd one;

	pipe(end);
	one = (struct pollfd){ end[0], POLLIN, 0 };
	clock_gettime(CLOCK_MONOTONIC, &start);
	observe("timeout", sys(SYS_poll, &one, 1, 20));
	observe_number("not_early", elapsed(&start) >= 20);
	observe("timeout_no_fds", sys(SYS_poll, NULL, 0, 1));
	observe("ppoll_timeout", sys(SYS_ppoll, &one, 1, &left, NULL, 8));
	observe_number("nothing_left", left.tv_sec == 0 && left.tv_nsec == 0);
	write(end[1], "x", 1);
	left = (struct timespec){ 100, 0 };
	observe("ppoll_ready", sys(SYS_ppoll, &one, 1, &left, NULL, 8));
	observe_number("much_left", left.tv_sec == 99 && left.tv_nsec > 0);
	left = (struct timespec){ 0x7fffffffffffffff, 999999999 };
	observe("ppoll_far", sys(SYS_ppoll, &one, 1, &left, NULL, 8));
	observe("minus_two", sys(SYS_poll, &one, 1, -2));
	observe("least", sys(SYS_poll, &one, 1, 0x80000000));
	close(end[0]), close(end[1]);
}

/* The time-out cannot be written back: no error, but no restart either. */
static void constant_time_out(void)
{
	struct timespec *constant = (void *)map_pages(1, PROT_READ | PROT_WRITE);
	struct pollfd one = { .fd = -1 };

	*constant = (struct timespec){ 0, 1000000 };
	mprotect(constant, PAGE, PROT_READ);
	observe("constant_time", sys(SYS_ppoll, &one, 1, constant, NULL, 8));
}

/* A child that waits in poll or ppoll for what never comes, and exits with errno and signals. */
static int sleeper(bool with_mask, int flags)
{
	int pid = fork();
	sigset_t none;
	long result;

	if (pid) {
		until_asleep(pid);
		return pid;
	}
	sigemptyset(&none);
	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = count, .sa_flags = flags }, NULL);
	result = with_mask ? sys(SYS_ppoll, NULL, 0, NULL, &none, 8) : sys(SYS_poll, NULL, 0, 1000000);
	_exit(result == -EINTR ? 100 + caught : 0);
}

static void interruptions(void)
{
	int pid, status;

	for (int with_mask = 0; with_mask < 2; with_mask++) {
		pid = sleeper(with_mask, 0);
		kill(pid, SIGUSR1);
		observe_number(text("interrupted_%d", with_mask), exit_of(pid));
		pid = sleeper(with_mask, SA_RESTART);
		kill(pid, SIGUSR1);
		observe_number(text("never_restarted_%d", with_mask), exit_of(pid));
		pid = sleeper(with_mask, 0);
		kill(pid, SIGSTOP);
		waitpid(pid, &status, WUNTRACED);
		kill(pid, SIGCONT);
		until_asleep(pid);
		kill(pid, SIGUSR1);
		observe_number(text("stopped_and_on_%d", with_mask), exit_of(pid));
	}
}

/* The mask is swapped and given back as one step with the waiting. */
static void masks(void)
{
	sigset_t blocked, none, now;
	struct timespec soon = { 0, 1000000 };
	struct pollfd one;
	int end[2];

	pipe(end);
	one = (struct pollfd){ end[1], POLLOUT, 0 };
	sigemptyset(&none), sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	signal(SIGUSR1, count);
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	caught = 0;
	raise(SIGUSR1);
	observe("pending_first", sys(SYS_ppoll, NULL, 0, NULL, &none, 8));
	observe_number("pending_caught", caught);
	sigprocmask(SIG_BLOCK, NULL, &now);
	observe_number("mask_is_back", sigismember(&now, SIGUSR1));
	raise(SIGUSR1);
	observe("ready_wins", sys(SYS_ppoll, &one, 1, NULL, &none, 8));
	observe_number("ready_caught", caught);
	observe("taken_later", sys(SYS_ppoll, NULL, 0, &soon, &none, 8));
	observe_number("later_caught", caught);
	sigprocmask(SIG_UNBLOCK, &blocked, NULL);
	observe_number("at_last_caught", caught);
	sigprocmask(SIG_SETMASK, &none, NULL);
	observe("blocked_timeout", sys(SYS_ppoll, NULL, 0, &soon, &blocked, 8));
	sigprocmask(SIG_BLOCK, NULL, &now);
	observe_number("unblocked_again", sigismember(&now, SIGUSR1));
	observe("kill_in_mask", sys(SYS_ppoll, NULL, 0, &(struct timespec){ 0 }, &(uint64_t){ ~0UL }, 8));
	close(end[0]), close(end[1]);
}

/* More files than a set has room for in itself; each wakes. */
static void many(void)
{
	static struct pollfd fds[100];
	int end[100][2], pid;

	for (int i = 0; i < 100; i++) {
		pipe(end[i]);
		fds[i] = (struct pollfd){ end[i][0], POLLIN, 0 };
	}
	for (int i = 0; i < 100; i += 33) {
		pid = fork();
		if (pid == 0) {
			int told = poll(fds, 100, -1);

			_exit(told == 1 && fds[i].revents == POLLIN ? 100 : 1);
		}
		until_asleep(pid);
		write(end[i][1], "x", 1);
		observe_number(text("woken_by_%d", i), exit_of(pid));
		read(end[i][0], &(char){ 0 }, 1);
	}
	for (int i = 0; i < 100; i++)
		close(end[i][0]), close(end[i][1]);
}

TEST
{
	descriptors();
	arguments();
	time_outs();
	constant_time_out();
	interruptions();
	masks();
	many();
	return 0;
}
