/* SPDX-License-Identifier: MIT */
/* waiting.h - for tests in which one process waits for another: no clock decides, but its state. */
#pragma once

#include "test.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The state letter of /proc/PID/stat. */
static inline char state_of(int pid)
{
	char line[256], *end;
	int fd = open(text("/proc/%d/stat", pid), O_RDONLY);
	long got = read(fd, line, sizeof(line) - 1);

	close(fd);
	line[got > 0 ? got : 0] = '\0';
	end = strrchr(line, ')');
	return end ? end[2] : '?';
}

/* Returns when the process sleeps. */
static inline void until_asleep(int pid)
{
	while (state_of(pid) != 'S')
		sched_yield();
}

static inline int exit_of(int pid)
{
	int status = -1;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
