/* SPDX-License-Identifier: MIT */
/* select_calls.c - select and pselect6: sets, limits, time-outs, masks. */
#define _GNU_SOURCE
#include "waiting.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/time.h>

typedef uint64_t set[16]; /* 1024 descriptors */

static volatile sig_atomic_t caught;
static void count(int signal)
{
	caught++;
}

static void put(set s, int fd)
{
	s[fd / 64] |= 1UL << (fd % 64);
}

static int has(const set s, int fd)
{
	return s[fd / 64] >> (fd % 64) & 1;
}

static const struct timeval now = { 0, 0 };

static long look(int count_, uint64_t *in, uint64_t *out, uint64_t *except)
{
	struct timeval zero = now;

	return sys(SYS_select, count_, in, out, except, &zero);
}

static void pipes(void)
{
	set in = { 0 }, out = { 0 }, except = { 0 };
	int end[2];

	pipe(end);
	put(in, end[0]), put(in, end[1]), put(out, end[0]), put(out, end[1]), put(except, end[0]);
	observe("empty", look(10, in, out, except));
	observe_number("empty_in", has(in, end[0]) * 2 + has(in, end[1]));
	observe_number("empty_out", has(out, end[0]) * 2 + has(out, end[1]));
	observe_number("empty_except", has(except, end[0]));
	write(end[1], "x", 1);
	memset(in, 0, sizeof(in)), memset(out, 0, sizeof(out));
	put(in, end[0]), put(out, end[1]);
	observe("both", look(10, in, out, NULL));
	observe("cut_off", look(end[1], in, out, NULL)); /* one less than the writer's number + 1 */
	observe_number("cut_off_out_kept", has(out, end[1]));
	read(end[0], &(char){ 0 }, 1);
	close(end[1]);
	memset(in, 0, sizeof(in)), memset(except, 0, sizeof(except));
	put(in, end[0]), put(except, end[0]);
	observe("hung_up", look(10, in, NULL, except));
	observe_number("hung_up_except", has(except, end[0]));
	close(end[0]);
	pipe(end);
	close(end[0]);
	memset(in, 0, sizeof(in)), memset(out, 0, sizeof(out));
	put(in, end[1]), put(out, end[1]);
	observe("error", look(10, in, out, NULL));
	observe_number("error_in", has(in, end[1]));
	observe_number("error_out", has(out, end[1]));
	close(end[1]);
}

static void descriptors(void)
{
	set in = { 0 };
	int file = open("/proc/self/exe", O_RDONLY), high;

	put(in, file);
	observe("file", look(file + 1, in, NULL, NULL));
	put(in, 50);
	observe("closed", look(51, in, NULL, NULL));
	observe_number("closed_kept", has(in, 50));
	memset(in, 0, sizeof(in));
	put(in, 900);
	observe("closed_far", look(901, in, NULL, NULL));
	observe_number("closed_far_kept", has(in, 900));
	high = fcntl(file, F_DUPFD, 700);
	memset(in, 0, sizeof(in));
	put(in, high);
	observe("high", look(high + 1, in, NULL, NULL));
	put(in, 699);
	observe("high_closed", look(high + 1, in, NULL, NULL));
	memset(in, 0xff, sizeof(in));
	observe("ignored_past_count", look(0, in, NULL, NULL));
	in[0] = 1UL << file | ~0UL << (file + 1);
	observe("last_word", look(file + 1, in, NULL, NULL));
	observe_hex("last_word_out", in[0] >> file);
	close(file), close(high);
}

static void arguments(void)
{
	char *last = map_pages(2, PROT_READ | PROT_WRITE);
	struct timeval tiny = { 0, 1000 };

	memset(last, 0, PAGE);
	munmap(last + PAGE, PAGE);
	observe("negative", sys(SYS_select, -1, NULL, NULL, NULL, &tiny));
	observe("upper_half", sys(SYS_select, 0x100000000, NULL, NULL, NULL, &tiny));
	observe("no_sets", sys(SYS_select, 1000, NULL, NULL, NULL, &tiny));
	observe("huge", sys(SYS_select, 0x7fffffff, NULL, NULL, NULL, &(struct timeval){ 0 }));
	observe("bad_in", sys(SYS_select, 1, 8, NULL, NULL, &(struct timeval){ 0 }));
	observe("bad_out", sys(SYS_select, 1, NULL, 8, NULL, &(struct timeval){ 0 }));
	observe("bad_except", sys(SYS_select, 1, NULL, NULL, 8, &(struct timeval){ 0 }));
	observe("bad_but_none", sys(SYS_select, 0, 8, 8, 8, &(struct timeval){ 0 }));
	observe("word_at_end", sys(SYS_select, 64, last + PAGE - 8, NULL, NULL, &(struct timeval){ 0 }));
	observe("word_past_end", sys(SYS_select, 64, last + PAGE - 4, NULL, NULL, &(struct timeval){ 0 }));
	observe("bad_time", sys(SYS_select, 0, NULL, NULL, NULL, 8));
	observe("seconds", sys(SYS_select, 0, NULL, NULL, NULL, (&(struct timeval){ -1, 0 })));
	observe("microseconds", sys(SYS_select, 0, NULL, NULL, NULL, (&(struct timeval){ 0, -1 })));
	observe("above_a_second", sys(SYS_select, 0, NULL, NULL, NULL, (&(struct timeval){ -2, 2000000 })));
	observe("time_before_count", sys(SYS_select, -1, NULL, NULL, NULL, (&(struct timeval){ -1, 0 })));
}

static void time_outs(void)
{
	struct timeval left = { 0, 20000 }, *constant = (void *)map_pages(1, PROT_READ | PROT_WRITE);
	struct timespec fine = { 0, 20000000 };
	set out = { 0 }, in = { 0 };
	int end[2];

	pipe(end);
	put(in, end[0]);
	observe("timeout", sys(SYS_select, end[0] + 1, in, NULL, NULL, &left));
	observe_number("nothing_left", left.tv_sec == 0 && left.tv_usec == 0);
	observe_number("in_cleared", has(in, end[0]));
	observe("ptimeout", sys(SYS_pselect6, 0, NULL, NULL, NULL, &fine, NULL));
	observe_number("pnothing_left", fine.tv_sec == 0 && fine.tv_nsec == 0);
	put(out, end[1]);
	left = (struct timeval){ 98, 2000000 };
	observe("ready", sys(SYS_select, end[1] + 1, NULL, out, NULL, &left));
	observe_number("much_left", left.tv_sec == 99 && left.tv_usec > 0 && left.tv_usec < 1000000);
	fine = (struct timespec){ 100, 0 };
	observe("pready", sys(SYS_pselect6, end[1] + 1, NULL, out, NULL, &fine, NULL));
	observe_number("pmuch_left", fine.tv_sec == 99 && fine.tv_nsec > 0);
	*constant = (struct timeval){ 0, 1000 };
	mprotect(constant, PAGE, PROT_READ);
	observe("constant", sys(SYS_select, 0, NULL, NULL, NULL, constant));
	observe("pseconds", sys(SYS_pselect6, 0, NULL, NULL, NULL, (&(struct timespec){ -1, 0 }), NULL));
	observe("pnanoseconds", sys(SYS_pselect6, 0, NULL, NULL, NULL, (&(struct timespec){ 0, 1000000000 }), NULL));
	close(end[0]), close(end[1]);
}

/* With this personality(2), as on other systems, the time left is not written back; then a signal
 * cannot start the call again. */
static void sticky(void)
{
	struct timeval left = { 5, 0 };
	struct timespec fine = { 5, 0 };
	set out = { 0 };
	int end[2];

	pipe(end);
	put(out, end[1]);
	personality(STICKY_TIMEOUTS);
	observe("sticky", sys(SYS_select, end[1] + 1, NULL, out, NULL, &left));
	observe_number("sticky_left", left.tv_sec == 5 && left.tv_usec == 0);
	observe("psticky", sys(SYS_pselect6, end[1] + 1, NULL, out, NULL, &fine, NULL));
	observe_number("psticky_left", fine.tv_sec == 5 && fine.tv_nsec == 0);
	personality(0);
	observe("not_sticky", sys(SYS_select, end[1] + 1, NULL, out, NULL, &left));
	observe_number("not_sticky_left", left.tv_sec == 4);
	close(end[0]), close(end[1]);
}

struct mask {
	const void *mask;
	size_t size;
};

static void masks(void)
{
	uint64_t none = 0, blocked = 1UL << (SIGUSR1 - 1), before = 0;
	struct timespec zero = { 0 };

	signal(SIGUSR1, count);
	sys(SYS_rt_sigprocmask, SIG_BLOCK, &blocked, NULL, 8);
	raise(SIGUSR1);
	observe("pmask", sys(SYS_pselect6, 0, NULL, NULL, NULL, NULL, (&(struct mask){ &none, 8 })));
	observe_number("pmask_caught", caught);
	sys(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &before, 8);
	observe_number("pmask_back", before == blocked);
	observe("pmask_none", sys(SYS_pselect6, 0, NULL, NULL, NULL, &zero, (&(struct mask){ NULL, 3 })));
	observe("pmask_size", sys(SYS_pselect6, 0, NULL, NULL, NULL, &zero, (&(struct mask){ &none, 4 })));
	observe("pmask_bad", sys(SYS_pselect6, 0, NULL, NULL, NULL, &zero, (&(struct mask){ (void *)8, 8 })));
	observe("pmask_struct_bad", sys(SYS_pselect6, 0, NULL, NULL, NULL, &zero, 8));
	sys(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
}

static int sleeper(int call, int flags)
{
	struct timeval far = { 1000, 0 };
	int pid = fork();
	long result;

	if (pid) {
		until_asleep(pid);
		return pid;
	}
	caught = 0;
	sigaction(SIGUSR1, &(struct sigaction){ .sa_handler = count, .sa_flags = flags }, NULL);
	result = call ? sys(SYS_pselect6, 0, NULL, NULL, NULL, NULL, NULL) :
			sys(SYS_select, 0, NULL, NULL, NULL, &far);
	_exit(result == -EINTR ? 100 + caught + 10 * (far.tv_sec == 999) : 0);
}

/* Where the time left is not written, a call that was stopped and continued fails. */
static void stopped_sticky(void)
{
	int pid, status;

	personality(STICKY_TIMEOUTS);
	pid = sleeper(0, 0);
	personality(0);
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	waitpid(pid, &status, 0);
	observe_number("stopped_sticky", WEXITSTATUS(status));
}

static void interruptions(void)
{
	for (int call = 0; call < 2; call++) {
		int pid = sleeper(call, 0), status;

		kill(pid, SIGUSR1);
		observe_number(text("interrupted_%d", call), exit_of(pid));
		pid = sleeper(call, SA_RESTART);
		kill(pid, SIGUSR1);
		observe_number(text("never_restarted_%d", call), exit_of(pid));
		pid = sleeper(call, 0);
		kill(pid, SIGSTOP);
		waitpid(pid, &status, WUNTRACED);
		kill(pid, SIGCONT);
		until_asleep(pid);
		kill(pid, SIGUSR1);
		observe_number(text("stopped_and_on_%d", call), exit_of(pid));
	}
}

TEST
{
	pipes();
	descriptors();
	arguments();
	time_outs();
	sticky();
	masks();
	interruptions();
	stopped_sticky();
	return 0;
}
