/* SPDX-License-Identifier: MIT */
/* wait_options.c - selection by number, group and kind; WNOHANG, WNOWAIT, bad arguments. */
#include "test.h"

#include <linux/wait.h>

#define SIGCHLD_ 17

static int child_exits(int code)
{
	int pid = (int)sys(SYS_fork);

	if (pid == 0)
		sys(SYS_exit, code);
	return pid;
}

static void errors(void)
{
	int status;

	observe("no_child", sys(SYS_wait4, -1, &status, 0, 0));
	observe("no_such_child", sys(SYS_wait4, 1 << 20, &status, 0, 0));
	observe("bad_option", sys(SYS_wait4, -1, &status, 0x100, 0));
	observe("int_min", sys(SYS_wait4, -2147483647 - 1, &status, 0, 0));
	observe("waitid_no_event", sys(SYS_waitid, P_ALL, 0, 0, WNOHANG, 0));
	observe("waitid_bad_type", sys(SYS_waitid, 9, 0, 0, WEXITED, 0));
	observe("waitid_pid_0", sys(SYS_waitid, P_PID, 0, 0, WEXITED, 0));
	observe("waitid_pgid_negative", sys(SYS_waitid, P_PGID, -1, 0, WEXITED, 0));
	observe("waitid_no_child", sys(SYS_waitid, P_ALL, 0, 0, WEXITED, 0));
}

static void selection(void)
{
	int a = child_exits(1), b = child_exits(2), status = 0;

	observe("second_first", sys(SYS_wait4, b, &status, 0, 0) == b);
	observe_hex("second_status", (unsigned)status);
	observe("second_again", sys(SYS_wait4, b, &status, 0, 0));
	observe("own_group", sys(SYS_wait4, 0, &status, 0, 0) == a);
	a = child_exits(3);
	observe("group_by_number", sys(SYS_wait4, -sys(SYS_getpid), &status, 0, 0) == a ||
					   sys(SYS_wait4, a, &status, 0, 0) == a);
	a = child_exits(4);
	observe("clone_children_only", sys(SYS_wait4, -1, &status, (int)__WCLONE, 0));
	observe("any_kind", sys(SYS_wait4, -1, &status, __WALL, 0) == a);
	a = (int)sys(SYS_clone, 0, 0, 0, 0, 0);
	if (a == 0)
		sys(SYS_exit, 5);
	observe("silent_child_unseen", sys(SYS_wait4, -1, &status, 0, 0));
	observe("silent_child", sys(SYS_wait4, -1, &status, (int)__WCLONE, 0) == a);
}

static void without_blocking(void)
{
	long nap[2] = { 0, 50000000 };
	int status = 7, pid = (int)sys(SYS_fork);

	if (pid == 0) {
		sys(SYS_nanosleep, nap, 0);
		sys(SYS_exit, 6);
	}
	observe("nohang_running", sys(SYS_wait4, pid, &status, WNOHANG, 0));
	observe("nohang_status_untouched", status);
	observe("then", sys(SYS_wait4, pid, &status, 0, 0) == pid);
	observe_hex("then_status", (unsigned)status);
}

static void identified(void)
{
	int info[32], pid = child_exits(8), i;

	for (i = 0; i < 32; i++)
		info[i] = -1;
	observe("peek", sys(SYS_waitid, P_PID, pid, info, WEXITED | WNOWAIT, 0));
	observe("peek_signal", info[0]);
	observe("peek_errno", info[1]);
	observe("peek_code", info[2]);
	observe("peek_pid", info[4] == pid);
	observe("peek_status", info[6]);
	observe("padding_untouched", info[3]);
	observe("end_untouched", info[8]);
	observe("take", sys(SYS_waitid, P_PID, pid, info, WEXITED, 0));
	observe("gone", sys(SYS_waitid, P_PID, pid, info, WEXITED, 0));
	observe("gone_signal", info[0]);
	observe("bad_pointer_child", (pid = child_exits(9)) > 0);
	observe("bad_pointer", sys(SYS_wait4, pid, 8, 0, 0));
	observe("reaped_all_the_same", sys(SYS_wait4, pid, 0, 0, 0));
}

TEST
{
	errors();
	selection();
	without_blocking();
	identified();
	return 0;
}
