/* SPDX-License-Identifier: MIT */
/*
 * futex_words.c - which words of memory are the same to futex(2), across processes and maps; bits;
 * deadlines.
 *
 * A waker repeats its call until somebody was woken, so it never comes too early.  Who must not be
 * woken waits with a deadline, or is woken by another bit afterwards.
 */
#define _GNU_SOURCE
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WAIT = 0, WAKE = 1, WAIT_BITSET = 9, WAKE_BITSET = 10, PRIVATE = 128, REALTIME = 256 };
#define ANY 0xffffffff
#define SHORT 20000000 /* nanoseconds: a wait that nobody ends */

static struct timespec from_now(clockid_t clock, long nanoseconds)
{
	struct timespec time;

	clock_gettime(clock, &time);
	time.tv_nsec += nanoseconds;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static long word_wait(int *word, int operation, int value, const struct timespec *time, unsigned bits)
{
	return sys(SYS_futex, word, operation, value, time, 0, bits);
}

static long word_wake(int *word, int operation, int most, unsigned bits)
{
	return sys(SYS_futex, word, operation, most, 0, 0, bits);
}

/* A child waits for `theirs` while we wake `ours`: what each saw.  `wakes`: whether it should. */
static void pair(const char *name, int *theirs, int *ours, int flag, int wakes)
{
	struct timespec limit = { wakes ? 60 : 0, wakes ? 0 : SHORT };
	int status, pid = fork();
	long woken = 0;

	if (pid == 0)
		_exit(-(int)word_wait(theirs, WAIT | flag, 0, &limit, 0));
	while (wakes && woken == 0) {
		woken = word_wake(ours, WAKE | flag, 1, 0);
		sys(SYS_sched_yield);
	}
	while (!wakes && waitpid(pid, &status, WNOHANG) == 0) {
		woken += word_wake(ours, WAKE | flag, 1, 0);
		sys(SYS_sched_yield);
	}
	if (wakes)
		waitpid(pid, &status, 0);
	observe(text("%s_woken", name), woken);
	observe(text("%s_waiter", name), -(long)WEXITSTATUS(status));
}

static int *map(int fd, int flags, off_t offset)
{
	return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, flags, fd, offset);
}

static void test_maps(void)
{
	int fd = open("/tmp/words", O_RDWR | O_CREAT | O_TRUNC, 0600);
	int *anonymous = map(-1, MAP_SHARED | MAP_ANONYMOUS, 0);
	int *own = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0), *one, *two, *next, *private;

	if (ftruncate(fd, 3 * PAGE))
		return;
	one = map(fd, MAP_SHARED, 0);
	two = map(fd, MAP_SHARED, 0);
	next = map(fd, MAP_SHARED, PAGE);
	private = map(fd, MAP_PRIVATE, 0);
	private[0] = 0;
	pair("anonymous", anonymous, anonymous, 0, 1);
	pair("anonymous_private", anonymous, anonymous, PRIVATE, 0);
	pair("other_word", anonymous, anonymous + 1, 0, 0);
	pair("own", own, own, 0, 0);
	pair("same_map", one + 7, one + 7, 0, 1);
	pair("two_maps", one + 7, two + 7, 0, 1);
	pair("next_page", one, next, 0, 0);
	pair("private_map", private, one, 0, 0);
	mprotect(two, PAGE, PROT_READ);
	pair("read_only_map", two, one, 0, 1);
	pair("waker_read_only", one, two, 0, 1);
	ftruncate(fd, 0);
	observe("truncated", word_wake(one, WAKE, 1, 0));
	close(fd);
}

/* The word's page need not stay where it was. */
static void test_move(void)
{
	int *words = map(-1, MAP_SHARED | MAP_ANONYMOUS, 0);
	int *place = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	int *moved = mremap(words, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place);

	pair("moved", moved, place, 0, 1);
}

static void bits_waiter(int *word, unsigned bits, int number)
{
	if (fork() == 0)
		_exit(word_wait(word, WAIT_BITSET, 0, NULL, bits) ? 99 : number);
}

static void test_bits(void)
{
	int *word = map(-1, MAP_SHARED | MAP_ANONYMOUS, 0), status;

	bits_waiter(word, 1, 1);
	bits_waiter(word, 2, 2);
	while (word_wake(word, WAKE_BITSET, 9, 2) == 0)
		sys(SYS_sched_yield);
	wait(&status);
	observe("bit_2_woke", WEXITSTATUS(status));
	observe("bit_2_again", word_wake(word, WAKE_BITSET, 9, 2));
	observe("bit_12", word_wake(word, WAKE_BITSET, 9, 12));
	while (word_wake(word, WAKE, 9, 0) == 0)
		sys(SYS_sched_yield);
	wait(&status);
	observe("any_woke", WEXITSTATUS(status));
	bits_waiter(word, ANY, 3);
	while (word_wake(word, WAKE, 0, 0) == 0)
		sys(SYS_sched_yield);
	wait(&status);
	observe("nobody_woke", WEXITSTATUS(status));
	observe("no_bits_wait", word_wait(word, WAIT_BITSET, 0, NULL, 0));
	observe("no_bits_wake", word_wake(word, WAKE_BITSET, 1, 0));
	observe("bits_ignored", word_wake(word, WAKE, 1, 0));
}

static void test_times(void)
{
	int *word = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	struct timespec span = { 0, SHORT }, past = { 1, 0 }, bad = { 0, 1000000000 };
	struct timespec negative = { -1, 0 }, none = { 0, 0 };
	struct timespec start, end = from_now(CLOCK_MONOTONIC, SHORT);
	struct timespec real = from_now(CLOCK_REALTIME, SHORT);

	observe("span", word_wait(word, WAIT, 0, &span, 0));
	observe("span_none", word_wait(word, WAIT, 0, &none, 0));
	observe("deadline", word_wait(word, WAIT_BITSET, 0, &end, ANY));
	clock_gettime(CLOCK_MONOTONIC, &start);
	observe("deadline_passed", start.tv_sec > end.tv_sec || start.tv_nsec >= end.tv_nsec);
	observe("deadline_past", word_wait(word, WAIT_BITSET, 0, &past, ANY));
	observe("realtime", word_wait(word, WAIT_BITSET | REALTIME, 0, &real, ANY));
	clock_gettime(CLOCK_REALTIME, &start);
	observe("realtime_passed", start.tv_sec > real.tv_sec || start.tv_nsec >= real.tv_nsec);
	observe("realtime_past", word_wait(word, WAIT_BITSET | REALTIME, 0, &past, ANY));
	observe("realtime_span", word_wait(word, WAIT | REALTIME, 0, &none, 0));
	observe("realtime_wake", word_wake(word, WAKE | REALTIME, 1, 0));
	observe("bad_time", word_wait(word, WAIT, 0, &bad, 0));
	observe("negative_time", word_wait(word, WAIT, 0, &negative, 0));
	observe("bad_time_pointer", word_wait(word, WAIT, 0, (void *)8, 0));
	observe("bad_time_and_value", word_wait(word, WAIT, 1, &bad, 0));
	observe("other_value", word_wait(word, WAIT, 1, &span, 0));
	observe("wake_bad_time", sys(SYS_futex, word, WAKE, 1, 8, 0, 0));
}

static void test_words(void)
{
	int *word = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	int *none = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	int *read_only = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int *kernel = (int *)0xffff888000000000;

	munmap(none, PAGE);
	observe("misaligned_wait", word_wait((int *)((char *)word + 2), WAIT, 0, NULL, 0));
	observe("misaligned_wake", word_wake((int *)((char *)word + 1), WAKE, 1, 0));
	observe("unmapped_wait", word_wait(none, WAIT, 0, NULL, 0));
	observe("unmapped_wait_private", word_wait(none, WAIT | PRIVATE, 0, NULL, 0));
	observe("unmapped_wake", word_wake(none, WAKE, 1, 0));
	observe("unmapped_wake_private", word_wake(none, WAKE | PRIVATE, 1, 0));
	observe("kernel_wait", word_wait(kernel, WAIT | PRIVATE, 0, NULL, 0));
	observe("kernel_wake", word_wake(kernel, WAKE | PRIVATE, 1, 0));
	observe("read_only_wake", word_wake(read_only, WAKE, 1, 0));
	observe("read_only_wait_private", word_wait(read_only, WAIT | PRIVATE, 1, NULL, 0));
	observe("code_wake", word_wake((int *)((unsigned long)&test_words & ~3UL), WAKE, 1, 0));
	observe("null_wake", word_wake(NULL, WAKE, 1, 0));
	observe("unknown", sys(SYS_futex, word, 99, 0, 0, 0, 0));
	observe("old", sys(SYS_futex, word, 2, 0, 0, 0, 0));
}

static void nothing(int signal)
{
}

static void test_signals(void)
{
	int *word = map(-1, MAP_PRIVATE | MAP_ANONYMOUS, 0);
	struct itimerval soon = { .it_value = { 0, 10000 } };
	struct timespec long_ago = { 3600, 0 };
	struct sigaction action = { .sa_handler = nothing };

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	observe("interrupted", word_wait(word, WAIT, 0, NULL, 0));
	setitimer(ITIMER_REAL, &soon, NULL);
	observe("interrupted_span", word_wait(word, WAIT, 0, &long_ago, 0));
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	observe("span_restarts", word_wait(word, WAIT, 0, &long_ago, 0));
}

TEST
{
	mkdir("/tmp", 0777);
	test_maps();
	test_move();
	test_bits();
	test_times();
	test_words();
	test_signals();
	return 0;
}
