/* SPDX-License-Identifier: MIT */
/* cpu_timers.c - timers of processor time: ITIMER_VIRTUAL, ITIMER_PROF; and RLIMIT_CPU. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static volatile int code;

static void count(int signal, siginfo_t *info, void *context)
{
	caught++;
	code = info->si_code;
}

/* Milliseconds of processor time: all, or in user mode only. */
static long used(bool user)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000 +
	       (user ? 0 : usage.ru_stime.tv_sec * 1000 + usage.ru_stime.tv_usec / 1000);
}

static void compute(long milliseconds)
{
	long end = used(true) + milliseconds;

	while (used(true) < end)
		for (volatile int i = 0; i < 100000; i++)
			;
}

/* Time that is nearly all the kernel's. */
static void call(long milliseconds)
{
	static char bytes[65536];
	long end = used(false) + milliseconds;
	int zero = open("/dev/zero", 0);

	while (used(false) < end)
		for (int i = 0; i < 20; i++)
			read(zero, bytes, sizeof(bytes));
	close(zero);
}

static long set(int which, long microseconds, long interval)
{
	struct itimerval timer = { { 0, interval }, { 0, microseconds } };

	return setitimer(which, &timer, NULL) ? -errno : 0;
}

static void observe_left(const char *key, int which)
{
	struct itimerval timer;

	getitimer(which, &timer);
	observe(text("%s_left", key), timer.it_value.tv_sec || timer.it_value.tv_usec);
	observe(text("%s_interval", key), timer.it_interval.tv_usec);
}

static void once(const char *key, int which)
{
	long start;

	caught = 0;
	observe_left(text("%s_before", key), which);
	observe(text("%s_set", key), set(which, 30000, 0));
	observe_left(text("%s_armed", key), which);
	start = used(which == ITIMER_VIRTUAL);
	while (!caught)
		compute(2);
	/* Linux counts in ticks of 4 ms. */
	start = used(which == ITIMER_VIRTUAL) - start;
	observe(text("%s_in_time", key), start >= 24 && start <= 45);
	observe_number(text("%s_code", key), code);
	compute(40);
	observe(text("%s_once", key), caught);
	observe_left(text("%s_after", key), which);
}

static void again(const char *key, int which)
{
	caught = 0;
	set(which, 8000, 8000);
	compute(80);
	observe(text("%s_again", key), caught >= 7 && caught <= 11);
	observe_left(text("%s_again", key), which);
	observe(text("%s_off", key), set(which, 0, 0));
	observe_left(text("%s_off", key), which);
}

/* Who sleeps uses nothing up; a kernel that works for us is not user mode. */
static void not_counted(void)
{
	struct timespec nap = { 0, 60000000 };

	caught = 0;
	set(ITIMER_PROF, 50000, 0);
	nanosleep(&nap, NULL);
	observe("asleep", caught);
	set(ITIMER_PROF, 0, 0);
	set(ITIMER_VIRTUAL, 50000, 0);
	call(60);
	observe("in_kernel_virtual", caught);
	set(ITIMER_VIRTUAL, 0, 0);
	set(ITIMER_PROF, 40000, 0);
	call(80);
	observe("in_kernel_all", caught);
}

static void dies_virtual(void)
{
	signal(SIGVTALRM, SIG_DFL);
	set(ITIMER_VIRTUAL, 5000, 0);
	for (;;)
		;
}

static void inherits_no_timer(void)
{
	observe_left("child", ITIMER_PROF);
}

static void after_exec(void)
{
	set(ITIMER_PROF, 900000, 700);
	execl(self(), self(), "kept", (char *)NULL);
}

static void limited(long soft, long hard)
{
	struct rlimit limit = { soft, hard };

	setrlimit(RLIMIT_CPU, &limit);
	compute(20);
	getrlimit(RLIMIT_CPU, &limit);
	observe_number(text("limit_%d_%d_becomes", (int)soft, (int)hard), limit.rlim_cur);
	observe(text("limit_%d_%d_signals", (int)soft, (int)hard), caught);
}

static void soft_limit(void)
{
	limited(0, 100);
}

static void hard_limit(void)
{
	limited(0, 0);
}

static void far_limit(void)
{
	limited(50, 100);
}

static void farthest_limit(void)
{
	limited(-2, -1);
}

static void inherits_limit(void)
{
	struct rlimit limit = { 0, 100 };

	signal(SIGXCPU, SIG_IGN);
	setrlimit(RLIMIT_CPU, &limit);
	compute(10);
	limit.rlim_cur = 0;
	setrlimit(RLIMIT_CPU, &limit);
	if (fork() == 0) {
		signal(SIGXCPU, SIG_DFL);
		compute(20);
		_exit(0);
	}
	int status;

	wait(&status);
	observe("grandchild", WIFSIGNALED(status) ? WTERMSIG(status) : -1);
}

static void dies_at_limit(void)
{
	signal(SIGXCPU, SIG_DFL);
	limited(0, 100);
}

TEST
{
	struct sigaction action = { .sa_sigaction = count, .sa_flags = SA_SIGINFO };

	if (test_argc > 1) {
		observe_left("exec", ITIMER_PROF);
		return 0;
	}
	sigaction(SIGVTALRM, &action, NULL);
	sigaction(SIGPROF, &action, NULL);
	sigaction(SIGXCPU, &action, NULL);
	once("user", ITIMER_VIRTUAL);
	once("all", ITIMER_PROF);
	again("user", ITIMER_VIRTUAL);
	again("all", ITIMER_PROF);
	not_counted();
	observe_child("dies_virtual", dies_virtual);
	set(ITIMER_PROF, 900000, 0);
	observe_child("inherits_no_timer", inherits_no_timer);
	set(ITIMER_PROF, 0, 0);
	observe_child("after_exec", after_exec);
	observe("no_such", set(3, 0, 0));
	observe("negative", set(-1, 0, 0));
	observe("get_no_such", sys(SYS_getitimer, 3, &action));
	observe("get_nowhere", sys(SYS_getitimer, ITIMER_PROF, 8));
	caught = 0;
	observe_child("far_limit", far_limit);
	observe_child("farthest_limit", farthest_limit);
	observe_child("soft_limit", soft_limit);
	observe_child("dies_at_limit", dies_at_limit);
	observe_child("hard_limit", hard_limit);
	observe_child("inherits_limit", inherits_limit);
	return 0;
}
