/* SPDX-License-Identifier: MIT */
/* fork_wait.c - a child sees 0, its own memory and its parent; the parent gets its status. */
#include "test.h"

static int shared = 1;

static int child(int parent)
{
	int own = (int)sys(SYS_getpid);

	observe("child_sees_memory", shared);
	shared = 2;
	observe("child_has_own_pid", own != parent && own > 0);
	observe("child_tid_is_pid", sys(SYS_gettid) == own);
	observe("child_parent", sys(SYS_getppid) == parent);
	return 42;
}

TEST
{
	int parent = (int)sys(SYS_getpid), status = -1;
	long pid = sys(SYS_fork);

	if (pid == 0)
		sys(SYS_exit_group, child(parent));
	observe("waited_for_it", pid > 0 && sys(SYS_wait4, pid, &status, 0, 0) == pid);
	observe_hex("status", (unsigned)status);
	observe("memory_is_private", shared);
	observe("none_left", sys(SYS_wait4, -1, &status, 0, 0));
	return 0;
}
