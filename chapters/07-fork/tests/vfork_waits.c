/* SPDX-License-Identifier: MIT */
/* vfork_waits.c - the parent waits for a child that uses its memory and its stack. */
#include "test.h"

#include <linux/sched.h>

#define SIGCHLD_ 17

static volatile int mark;
static char stack[8192] __attribute__((aligned(16)));

/* vfork returns twice on one stack: no function may return in between. */
static inline __attribute__((always_inline)) long vfork_raw(void)
{
	return sys(SYS_vfork);
}

static int child_of_clone(void)
{
	long nap[2] = { 0, 20000000 };

	sys(SYS_nanosleep, nap, 0);
	mark = 3;
	return 0;
}

TEST
{
	long nap[2] = { 0, 20000000 }, pid;
	int status;

	pid = vfork_raw();
	if (pid == 0) {
		sys(SYS_nanosleep, nap, 0);
		mark = 1;
		sys(SYS_exit, 5);
	}
	observe("parent_saw", mark);
	observe("waited", sys(SYS_wait4, pid, &status, 0, 0) == pid);
	observe_hex("status", (unsigned)status);

	/* a stack of its own, and death by a fault: the parent goes on all the same */
	pid = vfork_raw();
	if (pid == 0) {
		mark = 2;
		__asm__ volatile("ud2");
	}
	observe("parent_saw_after_death", mark);
	sys(SYS_wait4, pid, &status, 0, 0);
	observe_hex("status_of_death", (unsigned)status & 0x7f);

	pid = sys(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD_, 0, 0, 0, 0);
	if (pid == 0)
		sys(SYS_exit, child_of_clone());
	observe("clone_parent_saw", mark);
	sys(SYS_wait4, pid, 0, 0, 0);
	observe("stack_unused", stack[0]);
	return 0;
}
