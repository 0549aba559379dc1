/* SPDX-License-Identifier: MIT */
/* vfork_exec.c - vfork and exec: the parent waits for the exec, not for the end, and keeps its memory. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

TEST
{
	static volatile int shared;
	char *argv[] = { "child", NULL };
	struct timespec nap = { .tv_nsec = 20000000 };
	int status = -1;
	pid_t child;

	if (strcmp(test_argv[0], "child") == 0) {
		nanosleep(&nap, NULL);
		observe("child_runs", 1);
		return 6;
	}
	child = vfork();
	if (child == 0) {
		shared = 1;
		execve(self(), argv, test_envp);
		_exit(9);
	}
	observe("parent_goes_on", shared);
	observe("waited", waitpid(child, &status, 0) == child);
	observe("status", status);
	child = vfork();
	if (child == 0) {
		shared = execve("/no/such/file", argv, test_envp) == -1 ? errno : 0;
		_exit(8);
	}
	observe("error_is_seen", shared == ENOENT);
	waitpid(child, &status, 0);
	observe("second_status", status);
	return 0;
}
