/* SPDX-License-Identifier: MIT */
/* copy_on_write.c - memory after fork of fork: who writes keeps it to himself, unless it is shared. */
#include "test.h"

#include <linux/mman.h>

#define PAGES 8

static long map(int flags)
{
	return sys(SYS_mmap, 0, PAGES * 4096, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0);
}

static void wait_all(void)
{
	while (sys(SYS_wait4, -1, 0, 0, 0) > 0)
		;
}

TEST
{
	volatile char *mine = (char *)map(MAP_PRIVATE), *ours = (char *)map(MAP_SHARED);
	int i;

	for (i = 0; i < PAGES; i++)
		mine[i * 4096] = ours[i * 4096] = (char)(i + 1);
	if (sys(SYS_fork) == 0) {
		mine[0] = 50;
		ours[0] = 60;
		if (sys(SYS_fork) == 0) {
			observe("grandchild_private", mine[0]);
			mine[4096] = 51;
			ours[4096] = 61;
			sys(SYS_exit, 0);
		}
		wait_all();
		observe("child_private", mine[4096]);
		observe("child_shared", ours[4096]);
		sys(SYS_exit, 0);
	}
	wait_all();
	observe("parent_private_0", mine[0]);
	observe("parent_private_1", mine[4096]);
	observe("parent_shared_0", ours[0]);
	observe("parent_shared_1", ours[4096]);
	mine[0] = 9;
	observe("parent_writes_again", mine[0]);

	/* never touched before fork: each gets zeros of its own, or shares the first to come */
	mine = (char *)map(MAP_PRIVATE);
	ours = (char *)map(MAP_SHARED);
	if (sys(SYS_fork) == 0) {
		observe("zero_private", mine[5]);
		mine[5] = ours[5] = 7;
		sys(SYS_exit, 0);
	}
	wait_all();
	observe("untouched_private", mine[5]);
	observe("untouched_shared", ours[5]);

	/* rights change in one process only */
	sys(SYS_mprotect, mine, 4096, PROT_NONE);
	if (sys(SYS_fork) == 0) {
		observe("child_opens", sys(SYS_mprotect, mine, 4096, PROT_READ | PROT_WRITE));
		mine[0] = 1;
		sys(SYS_munmap, mine, 4096);
		sys(SYS_exit, 0);
	}
	wait_all();
	sys(SYS_mprotect, mine, 4096, PROT_READ | PROT_WRITE);
	observe("parent_unchanged", mine[0]);
	return 0;
}
