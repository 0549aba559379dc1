/* SPDX-License-Identifier: MIT */
/* ioprio.c - ioprio_get(2), ioprio_set(2): a number that a process keeps and a child inherits. */
#include "test.h"

#include <linux/wait.h>

enum { PROCESS = 1, GROUP = 2, USER = 3 };
#define PRIORITY(class, data) ((class) << 13 | (data))

static void child(long parent)
{
	observe("inherited", sys(SYS_ioprio_get, PROCESS, 0));
	observe("child_sets", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(3, 0)));
	observe("child_has", sys(SYS_ioprio_get, PROCESS, 0));
	observe("of_parent", sys(SYS_ioprio_get, PROCESS, parent));
	sys(SYS_exit_group, 0);
}

TEST
{
	long parent = sys(SYS_getpid);
	int status;

	observe("which", sys(SYS_ioprio_get, 9, 0));
	observe("nobody", sys(SYS_ioprio_get, PROCESS, 99999));
	observe("set_which", sys(SYS_ioprio_set, 9, 0, PRIORITY(2, 4)));
	observe("set_nobody", sys(SYS_ioprio_set, PROCESS, 99999, PRIORITY(2, 4)));
	observe("fresh", sys(SYS_ioprio_get, PROCESS, 0));
	observe("set_level", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(2, 8)));
	observe("set_class", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(5, 0)));
	observe("set_none_level", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(0, 3)));
	observe("set", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(2, 6)));
	observe("has", sys(SYS_ioprio_get, PROCESS, 0));
	observe("by_group", sys(SYS_ioprio_get, GROUP, 0));
	observe("by_pid", sys(SYS_ioprio_get, PROCESS, parent));
	observe("set_real_time", sys(SYS_ioprio_set, PROCESS, 0, PRIORITY(1, 2)));
	if (sys(SYS_fork) == 0)
		child(parent);
	sys(SYS_wait4, -1, &status, 0, 0);
	observe("still_has", sys(SYS_ioprio_get, PROCESS, 0));
	return 0;
}
