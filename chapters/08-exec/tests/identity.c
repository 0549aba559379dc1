/* SPDX-License-Identifier: MIT */
/* identity.c - the small questions at a program's start: uname, arch_prctl, set_tid_address, limits. */
#include "test.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#define ARCH_SET_GS 0x1001 /* arch_prctl(2) */
#define ARCH_SET_FS 0x1002
#define ARCH_GET_FS 0x1003
#define ARCH_GET_GS 0x1004
#define ARCH_GET_CPUID 0x1011
#define ARCH_SET_CPUID 0x1012

static void names(void)
{
	struct utsname name;

	observe("uname", uname(&name));
	observe_text("system", name.sysname);
	observe_text("machine", name.machine);
	observe("release_is_6", strncmp(name.release, "6.", 2) == 0);
	observe("uname_null", sys(SYS_uname, 0));
	observe("uname_kernel", sys(SYS_uname, 0xffffffff80000000));
}

/* A program is called by its file's name, up to 15 bytes of it. */
static void own_name(void)
{
	const char *slash = strrchr(self(), '/'), *file = slash ? slash + 1 : self();
	char name[16] = "";

	observe("get_name", prctl(PR_GET_NAME, name));
	observe("is_the_file's", strncmp(name, file, 15) == 0);
}

static void bases(void)
{
	unsigned long fs = 0, gs = 1, marker = 0x1234, seen;

	observe("get_fs", sys(SYS_arch_prctl, ARCH_GET_FS, &fs));
	observe("fs_points_to_itself", *(unsigned long *)fs == fs);
	observe("get_gs", sys(SYS_arch_prctl, ARCH_GET_GS, &gs));
	observe_hex("gs", gs);
	observe("set_gs", sys(SYS_arch_prctl, ARCH_SET_GS, &marker));
	__asm__ volatile("movq %%gs:0, %0" : "=r"(seen));
	observe_hex("through_gs", seen);
	sys(SYS_sched_yield);
	__asm__ volatile("movq %%gs:0, %0" : "=r"(seen));
	observe_hex("through_gs_again", seen);
	observe("set_fs_kernel", sys(SYS_arch_prctl, ARCH_SET_FS, 0xffffffff80000000));
	observe("set_fs_non_canonical", sys(SYS_arch_prctl, ARCH_SET_FS, 0x8000000000000000));
	observe("get_cpuid", sys(SYS_arch_prctl, ARCH_GET_CPUID, 0));
	observe("set_cpuid", sys(SYS_arch_prctl, ARCH_SET_CPUID, 0));
	observe("unknown", sys(SYS_arch_prctl, 0x9999, 0));
	observe("get_null", sys(SYS_arch_prctl, ARCH_GET_FS, 0));
}

static long slack(void)
{
	return prctl(PR_GET_TIMERSLACK);
}

static void slack_child(void)
{
	observe("slack_child", slack());
	prctl(PR_SET_TIMERSLACK, 123);
	observe("slack_child_set", slack());
	prctl(PR_SET_TIMERSLACK, 0);
	observe("slack_child_default", slack());
}

static void slacks(void)
{
	observe("slack", slack());
	observe("slack_set", prctl(PR_SET_TIMERSLACK, 70000));
	observe("slack_now", slack());
	observe_child("slack_child_end", slack_child);
	prctl(PR_SET_TIMERSLACK, -1L);
	observe("slack_default", slack());
}

TEST
{
	struct rlimit limit, odd = { 2, 1 };
	int word;

	names();
	own_name();
	bases();
	slacks();
	observe("set_tid_address", sys(SYS_set_tid_address, &word) == getpid());
	observe("stack_limit", sys(SYS_prlimit64, 0, RLIMIT_STACK, 0, &limit));
	observe("stack_is_8_megabytes", limit.rlim_cur == 8 << 20);
	observe("soft_above_hard", sys(SYS_prlimit64, 0, RLIMIT_STACK, &odd, 0));
	observe("no_such_limit", sys(SYS_prlimit64, 0, 99, 0, &limit));
	observe("no_such_process", sys(SYS_prlimit64, 99999, RLIMIT_STACK, 0, &limit));
	observe("limit_to_null_is_nothing", sys(SYS_prlimit64, 0, RLIMIT_STACK, 0, 0));
	observe("limit_to_bad", sys(SYS_prlimit64, 0, RLIMIT_STACK, 0, 8));
	return 0;
}
