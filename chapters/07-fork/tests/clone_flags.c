/* SPDX-License-Identifier: MIT */
/* clone_flags.c - combinations that clone and clone3 refuse, and what a version of clone3's struct
 * may look like. */
#include "test.h"

#include <linux/sched.h>

#define SIGCHLD_ 17
#define __WALL_	 0x40000000

static void try(const char *key, unsigned long flags)
{
	long pid = sys(SYS_clone, flags, 0, 0, 0, 0);

	if (pid == 0)
		sys(SYS_exit_group, 0);
	if (pid > 0)
		sys(SYS_wait4, pid, 0, __WALL_, 0);
	observe(key, pid > 0 ? 1 : pid);
}

static void try3(const char *key, struct clone_args args, unsigned long size)
{
	long pid = sys(SYS_clone3, &args, size);

	if (pid == 0)
		sys(SYS_exit_group, 0);
	if (pid > 0)
		sys(SYS_wait4, pid, 0, __WALL_, 0);
	observe(key, pid > 0 ? 1 : pid);
}

TEST
{
	static char large[4096 + 8];

	try("plain", SIGCHLD_);
	try("no_signal", 0);
	try("other_signal", 23);
	try("sighand_without_vm", CLONE_SIGHAND | SIGCHLD_);
	try("thread_without_sighand", CLONE_THREAD | CLONE_VM | SIGCHLD_);
	try("fs_and_newns", CLONE_FS | CLONE_NEWNS | SIGCHLD_);
	try("detached", CLONE_DETACHED | SIGCHLD_);
	try("files_shared", CLONE_FILES | SIGCHLD_);
	observe("tls_after_flags", sys(SYS_clone, CLONE_SETTLS | CLONE_SIGHAND, 0, 0, 0, -4096L));
	observe("tls_in_kernel", sys(SYS_clone, CLONE_SETTLS | SIGCHLD_, 0, 0, 0, -4096L));

	try3("three_plain", (struct clone_args){ .exit_signal = SIGCHLD_ }, sizeof(struct clone_args));
	try3("three_first_version", (struct clone_args){ .exit_signal = SIGCHLD_ }, 64);
	try3("three_too_short", (struct clone_args){ .exit_signal = SIGCHLD_ }, 63);
	try3("three_signal_in_flags", (struct clone_args){ .flags = SIGCHLD_ }, 64);
	try3("three_bad_signal", (struct clone_args){ .exit_signal = 65 }, 64);
	try3("three_unknown_flag", (struct clone_args){ .flags = 1UL << 40 }, 64);
	try3("three_stack_without_size", (struct clone_args){ .stack = 4096 }, 64);
	try3("three_size_without_stack", (struct clone_args){ .stack_size = 4096 }, 64);
	try3("three_parent_with_signal",
	     (struct clone_args){ .flags = CLONE_PARENT, .exit_signal = SIGCHLD_ }, 64);
	try3("three_sighand_both",
	     (struct clone_args){ .flags = CLONE_VM | CLONE_SIGHAND | 1UL << 32 }, 64);
	observe("three_null", sys(SYS_clone3, 0, 64));
	observe("three_huge", sys(SYS_clone3, large, sizeof(large)));
	large[4000] = 1;
	observe("three_unknown_tail", sys(SYS_clone3, large, 4096));
	return 0;
}
