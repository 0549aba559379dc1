/* SPDX-License-Identifier: MIT */
/*
 * numbers_kept.c - the number of a dead process is nobody else's as long as a group or a session is
 * known by it.  /proc/sys/kernel/pid_max is made small, so that numbers soon come round.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define RESERVED 300 /* after the first round numbers start here */
#define MAX	 500
#define ROUND	 (2 * (MAX - RESERVED))

static volatile int *shared;

static long pid_max(const char *to)
{
	char text[16] = "";
	int fd = open("/proc/sys/kernel/pid_max", to ? O_RDWR : O_RDONLY);
	long result = to ? write(fd, to, strlen(to)) : read(fd, text, sizeof(text) - 1);

	if (result < 0)
		result = -errno;
	close(fd);
	return to || result < 0 ? result : atol(text);
}

/* How many of so many children got the number `wanted`; leaves no child. */
static int comes_round(int wanted)
{
	int seen = 0;

	for (int i = 0; i < ROUND; i++) {
		int pid = fork();

		if (pid == 0)
			_exit(0);
		seen += pid == wanted;
		waitpid(pid, NULL, 0);
	}
	return seen;
}

/* A leader, of a group or a session too, who leaves behind a member; his number. */
static int leader_gone(int session)
{
	int pid;

	for (;;) { /* until the number is one that comes again */
		pid = fork();
		if (pid == 0) {
			if (getpid() < RESERVED)
				_exit(0);
			if (session)
				setsid();
			else
				setpgid(0, 0);
			shared[0] = fork();
			if (shared[0] == 0) {
				if (session)
					setpgid(0, 0); /* only the session holds the number */
				shared[1] = getpid();
				for (;;)
					pause();
			}
			while (!shared[1])
				usleep(1000);
			_exit(0);
		}
		waitpid(pid, NULL, 0);
		if (pid >= RESERVED)
			return pid;
	}
}

static void kept(const char *name, int session)
{
	int leader, member;

	shared[0] = shared[1] = 0;
	leader = leader_gone(session);
	member = shared[1];
	observe(text("%s_gone", name), kill(leader, 0) == -1 ? -errno : 0);
	observe(text("%s_lives", name),
		(session ? getsid(member) : getpgid(member)) == leader);
	observe(text("%s_number_taken", name), comes_round(leader));
	kill(member, SIGKILL);
	waitpid(member, NULL, 0);
	observe(text("%s_number_free", name), comes_round(leader) > 0);
}

TEST
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	observe("pid_max", pid_max(NULL));
	observe("too_small", pid_max("300\n"));
	observe("set", pid_max("500\n"));
	observe("is_set", pid_max(NULL));
	kept("group", 0);
	kept("session", 1);
	return 0;
}
