/* SPDX-License-Identifier: MIT */
/* wait_news.c - waitid for news that cannot come any more, and what it writes when it fails. */
#include "test.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static long wait_id(int type, int id, void *info, int options)
{
	return sys(SYS_waitid, type, id, info, options, 0);
}

/* A child that has ended, and was looked at without being taken. */
static int zombie(void)
{
	siginfo_t info;
	int pid = fork();

	if (pid == 0)
		_exit(3);
	wait_id(P_PID, pid, &info, WEXITED | WNOWAIT);
	return pid;
}

/* A zombie has been stopped and continued for the last time: nobody waits for that. */
static void only_zombies(void)
{
	int pid = zombie();
	siginfo_t info;

	alarm(20); /* or the first line is the last */
	observe("stopped_zombie", wait_id(P_PID, pid, &info, WSTOPPED));
	observe("continued_zombie", wait_id(P_PID, pid, &info, WCONTINUED | WNOHANG));
	observe("any_stopped", wait_id(P_ALL, 0, &info, WSTOPPED | WCONTINUED));
	observe("group_stopped", wait_id(P_PGID, 0, &info, WSTOPPED));
	observe("exited", wait_id(P_ALL, 0, &info, WEXITED));
	alarm(0);
}

/* The child that is waited for ends in the midst of it; and one that lives keeps the wait going. */
static void ends_meanwhile(void)
{
	int go[2], pid, other = zombie();
	siginfo_t info;
	char byte;

	pipe(go);
	pid = fork();
	if (pid == 0) {
		close(go[1]);
		read(go[0], &byte, 1);
		_exit(0);
	}
	observe("one_lives", wait_id(P_ALL, 0, &info, WSTOPPED | WNOHANG));
	observe("the_other_does_not", wait_id(P_PID, other, &info, WSTOPPED | WNOHANG));
	close(go[1]);
	alarm(20);
	observe("none_lives", wait_id(P_ALL, 0, &info, WSTOPPED));
	alarm(0);
	waitpid(pid, NULL, 0);
	waitpid(other, NULL, 0);
}

static void fails(const char *key, int type, int id, int options)
{
	siginfo_t info;

	memset(&info, 0x55, sizeof(info));
	observe(key, wait_id(type, id, &info, options));
	observe_number(text("%s_signal", key), info.si_signo);
	observe_number(text("%s_pid", key), info.si_pid);
	observe_number(text("%s_uid", key), info.si_uid);
	observe_number(text("%s_status", key), info.si_status);
}

TEST
{
	only_zombies();
	ends_meanwhile();
	fails("no_child", P_ALL, 0, WEXITED);
	fails("no_events", P_ALL, 0, WNOHANG);
	fails("unknown_option", P_ALL, 0, WEXITED | 0x100);
	fails("no_number", P_PID, 0, WEXITED);
	fails("no_type", 7, 0, WEXITED);
	observe("nowhere", wait_id(P_ALL, 0, (void *)8, WNOHANG));
	observe("no_place", wait_id(P_ALL, 0, 0, WNOHANG));
	return 0;
}
