/* SPDX-License-Identifier: MIT */
/* clone_tids.c - where clone writes the child's number, in which memory, and when it is cleared. */
#include "test.h"

#include <linux/sched.h>

#define SIGCHLD_ 17

static volatile int parent_word, child_word;

TEST
{
	long pid = sys(SYS_clone, CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | SIGCHLD_, 0, &parent_word,
		       &child_word, 0);

	if (pid == 0) {
		observe("child_word_in_child", child_word == sys(SYS_gettid));
		sys(SYS_exit, 0);
	}
	sys(SYS_wait4, pid, 0, 0, 0);
	observe("parent_word", parent_word == pid);
	observe("child_word_in_parent", child_word);

	/* in shared memory it is cleared at the child's end */
	pid = sys(SYS_clone,
		  CLONE_VM | CLONE_VFORK | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD_, 0, 0,
		  &child_word, 0);
	if (pid == 0) {
		parent_word = child_word == sys(SYS_gettid);
		sys(SYS_exit, 0);
	}
	sys(SYS_wait4, pid, 0, 0, 0);
	observe("shared_word_was_set", parent_word);
	observe("shared_word_cleared", child_word);

	pid = sys(SYS_clone, CLONE_CHILD_SETTID | SIGCHLD_, 0, 0, 8, 0);
	if (pid == 0)
		sys(SYS_exit, 3);
	observe("bad_word_is_no_error", pid > 0);
	observe("bad_word_child_lives", sys(SYS_wait4, pid, &child_word, 0, 0) == pid && child_word == 3 << 8);
	return 0;
}
