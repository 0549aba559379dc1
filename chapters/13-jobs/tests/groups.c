/* SPDX-License-Identifier: MIT */
/* groups.c - setpgid, setsid, and signals and waits that mean a group. */
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define E(call) ((call) == -1 ? -errno : 0)

static int sleeper(int group)
{
	int pid = fork();

	if (pid == 0) {
		setpgid(0, group);
		for (;;)
			pause();
	}
	setpgid(pid, group ? group : pid);
	return pid;
}

static void founding(void)
{
	int status, pid = fork();

	if (pid == 0) {
		observe("new_group", E(setpgid(0, 0)));
		observe("is_leader", getpgrp() == getpid());
		observe("again", E(setpgid(0, 0)));
		observe("leader_no_session", E(setsid()));
		observe("negative", E(setpgid(0, -1)));
		observe("nobody", E(setpgid(1 << 20, 0)));
		observe("parent_is_not_ours", E(setpgid(getppid(), 0)));
		observe("unknown_group", E(setpgid(0, 1 << 20)));
		observe("getpgid_nobody", E(getpgid(1 << 20)));
		observe("getsid_self", getsid(0) == getsid(getppid()));
		_exit(0);
	}
	waitpid(pid, &status, 0);
	pid = fork();
	if (pid == 0) {
		observe("new_session", setsid() == getpid());
		observe("session_is", getsid(0) == getpid());
		observe("group_is", getpgrp() == getpid());
		observe("twice", E(setsid()));
		observe("leader_stays", E(setpgid(0, 0)));
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

static void other_session(void)
{
	int pid = fork();

	if (pid == 0) {
		setsid();
		usleep(60000);
		_exit(0);
	}
	usleep(20000);
	observe("child_of_other_session", E(setpgid(pid, 0)));
	observe("group_of_other_session", E(setpgid(0, pid)));
	waitpid(pid, NULL, 0);
}

static void together(void)
{
	int status, a = sleeper(0), b = sleeper(a), c = sleeper(0);

	observe("one_group", getpgid(b) == a);
	observe("signal_group", E(kill(-a, SIGTERM)));
	observe("wait_group", waitpid(-a, &status, 0) > 0 && waitpid(-a, &status, 0) > 0);
	observe("group_empty", E(waitpid(-a, &status, 0)));
	observe("signal_empty_group", E(kill(-a, SIGTERM)));
	observe("other_lives", waitpid(c, &status, WNOHANG));
	kill(c, SIGKILL);
	waitpid(c, &status, 0);
	/* the number of a dead leader stays while its group lives */
	a = sleeper(0);
	b = sleeper(a);
	kill(a, SIGKILL);
	waitpid(a, &status, 0);
	observe("leaderless_join", E(setpgid(b, a)));
	observe("leaderless_signal", E(kill(-a, SIGTERM)));
	observe("leaderless_wait", waitpid(-a, &status, 0) == b);
	observe("negative_for_itself", E(setpgid(-5, 0)));
	observe("negative_for_another", E(setpgid(-5, 1)));
}

TEST
{
	observe_number("group_of_init", getpgid(1));
	observe_number("session_of_init", getsid(1));
	founding();
	other_session();
	together();
	return 0;
}
