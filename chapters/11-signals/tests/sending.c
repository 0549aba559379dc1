/* SPDX-License-Identifier: MIT */
/* sending.c - kill and its kin: whom they reach, what they refuse, what they tell. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define E(call) ((call) == -1 ? -errno : 0)

static siginfo_t info;

static void note(int signal, siginfo_t *i, void *context)
{
	info = *i;
}

static void show(const char *name)
{
	observe(text("%s_signo", name), info.si_signo);
	observe_number(text("%s_code", name), info.si_code);
	observe(text("%s_pid", name), info.si_pid == getpid());
	observe(text("%s_value", name), info.si_value.sival_int == 4711);
	memset(&info, 0, sizeof(info));
}

static void errors(void)
{
	siginfo_t forged = { .si_code = SI_USER };

	observe("signal_0", E(kill(getpid(), 0)));
	observe("signal_65", E(kill(getpid(), 65)));
	observe("signal_negative", E(kill(getpid(), -1)));
	observe("nobody", E(kill(1 << 20, SIGTERM)));
	observe("nobody_0", E(kill(1 << 20, 0)));
	observe("no_group", E(kill(-(1 << 20), SIGTERM)));
	observe("int_min", E(kill(-2147483647 - 1, SIGTERM)));
	observe("tkill_0", E(syscall(SYS_tkill, 0, SIGTERM)));
	observe("tgkill_other_group", E(syscall(SYS_tgkill, 1 << 20, getpid(), 0)));
	observe("tgkill_negative", E(syscall(SYS_tgkill, -1, getpid(), 0)));
	observe("queue_forged", E(syscall(SYS_rt_sigqueueinfo, 1 << 20, 0, &forged)));
	observe("queue_forged_self", E(syscall(SYS_rt_sigqueueinfo, getpid(), 0, &forged)));
	observe("queue_bad_pointer", E(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, 8L)));
	observe("queue_task_forged_self", E(syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(), 0, &forged)));
	observe("queue_task_forged", E(syscall(SYS_rt_tgsigqueueinfo, getpid(), 1 << 20, 0, &forged)));
	observe("queue_task_other_group", E(syscall(SYS_rt_tgsigqueueinfo, 1 << 20, getpid(), 0, &forged)));
	observe("queue_task_none", E(syscall(SYS_rt_tgsigqueueinfo, 0, 0, 0, &forged)));
	observe("queue_task_bad_pointer", E(syscall(SYS_rt_tgsigqueueinfo, 0, 0, 0, 8L)));
}

static void kinds(void)
{
	union sigval value = { .sival_int = 4711 };

	kill(getpid(), SIGUSR1);
	show("kill");
	syscall(SYS_tkill, getpid(), SIGUSR1);
	show("tkill");
	sigqueue(getpid(), SIGUSR1, value);
	show("queue");
}

static void synchronous(void)
{
	struct timespec zero = { 0, 0 }, span = { 0, 20000000 };
	sigset_t set;
	siginfo_t got;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	observe("timedwait_none", E(sigtimedwait(&set, &got, &zero)));
	observe("timedwait_later", E(sigtimedwait(&set, &got, &span)));
	raise(SIGUSR2);
	observe("timedwait_pending", sigtimedwait(&set, &got, &zero));
	observe_number("timedwait_code", got.si_code);
	if (fork() == 0) {
		usleep(20000);
		kill(getppid(), SIGUSR2);
		_exit(0);
	}
	observe("waitinfo", sigwaitinfo(&set, &got));
	observe_number("waitinfo_code", got.si_code);
	wait(NULL);
	if (fork() == 0) {
		usleep(20000);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	observe("waitinfo_other", E(syscall(SYS_rt_sigtimedwait, &set, &got, NULL, 8)));
	wait(NULL);
	observe("bad_time", E(sigtimedwait(&set, &got, &(struct timespec){ 0, -1 })));
	observe("bad_size", E(syscall(SYS_rt_sigtimedwait, &set, NULL, NULL, 4)));
}

static void fatal(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGKILL, SIGPIPE, SIGALRM,
				       SIGTERM, SIGUSR2, SIGSYS, 34, 64 };
	static const int harmless[] = { SIGCHLD, SIGCONT, SIGURG, SIGWINCH };
	sigset_t none;
	unsigned i;
	int status, pid;

	sigemptyset(&none);
	for (i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		pid = fork();
		if (pid == 0) {
			sigprocmask(SIG_SETMASK, &none, NULL);
			for (;;)
				pause();
		}
		usleep(2000);
		kill(pid, signals[i]);
		waitpid(pid, &status, 0);
		observe_hex(text("dies_of_%d", signals[i]), (unsigned)status & 0x7f);
	}
	for (i = 0; i < sizeof(harmless) / sizeof(*harmless); i++) {
		kill(getpid(), harmless[i]);
		observe(text("survives_%d", harmless[i]), 1);
	}
}

TEST
{
	struct sigaction a = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
	int pid;

	sigaction(SIGUSR1, &a, NULL);
	errors();
	kinds();
	synchronous();
	fatal();
	pid = fork();
	if (pid == 0)
		_exit(0);
	usleep(10000);
	observe("zombie_can_be_signalled", E(kill(pid, SIGTERM)));
	wait(NULL);
	observe("gone", E(kill(pid, SIGTERM)));
	return 0;
}
