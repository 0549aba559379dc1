/* SPDX-License-Identifier: MIT */
/* timers.c - alarm and setitimer(ITIMER_REAL). */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t caught;
static volatile int code;

static void count(int signal, siginfo_t *info, void *context)
{
	caught++;
	code = info->si_code;
}

TEST
{
	struct sigaction a = { .sa_sigaction = count, .sa_flags = SA_SIGINFO };
	struct itimerval timer = { .it_value = { 0, 10000 }, .it_interval = { 0, 10000 } }, old;
	int status, pid;

	sigaction(SIGALRM, &a, NULL);
	observe("alarm_none", alarm(10));
	observe("alarm_again", alarm(3));
	observe("alarm_off", alarm(0));
	observe("alarm_was_off", alarm(0));
	observe("set", setitimer(ITIMER_REAL, &timer, NULL));
	while (caught < 3)
		pause();
	observe("thrice", caught >= 3);
	observe_number("code", code);
	getitimer(ITIMER_REAL, &old);
	observe("interval", old.it_interval.tv_usec);
	observe("armed", old.it_value.tv_usec > 0 && old.it_value.tv_usec <= 10000);
	timer = (struct itimerval){ 0 };
	observe("stop", setitimer(ITIMER_REAL, &timer, &old));
	getitimer(ITIMER_REAL, &old);
	observe("disarmed", old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
	observe("bad_which", setitimer(9, &timer, NULL) ? -errno : 0);
	timer.it_value.tv_usec = 1000000;
	observe("bad_time", setitimer(ITIMER_REAL, &timer, NULL) ? -errno : 0);
	alarm(1);
	pid = fork();
	if (pid == 0)
		_exit(alarm(0));
	waitpid(pid, &status, 0);
	observe("child_has_none", status >> 8);
	alarm(0);
	pid = fork();
	if (pid == 0) {
		signal(SIGALRM, SIG_DFL);
		setitimer(ITIMER_REAL, &(struct itimerval){ .it_value = { 0, 5000 } }, NULL);
		for (;;)
			; /* no call at all: the signal interrupts user code */
	}
	waitpid(pid, &status, 0);
	observe_hex("loop_ended", (unsigned)status);
	return 0;
}
