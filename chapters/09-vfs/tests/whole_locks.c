/* SPDX-License-Identifier: MIT */
/* whole_locks.c - flock: held by open files, shared by duplicates and children, let go at the end. */
#include "scratch.h"

static int first, second;

static void child(void)
{
	SAYS("child_same_file", SYS_flock, first, LOCK_EX | LOCK_NB);
	SAYS("child_own_open", SYS_flock, open("file", O_RDONLY), LOCK_EX | LOCK_NB);
}

TEST
{
	int copy;

	scratch();
	file_make("file", "");
	first = open("file", O_RDONLY);
	second = open("file", O_RDONLY);
	SAYS("exclusive", SYS_flock, first, LOCK_EX);
	SAYS("second_exclusive", SYS_flock, second, LOCK_EX | LOCK_NB);
	SAYS("second_shared", SYS_flock, second, LOCK_SH | LOCK_NB);
	SAYS("again", SYS_flock, first, LOCK_EX | LOCK_NB);
	SAYS("to_shared", SYS_flock, first, LOCK_SH | LOCK_NB);
	SAYS("second_shared_now", SYS_flock, second, LOCK_SH | LOCK_NB);
	SAYS("upgrade_refused", SYS_flock, first, LOCK_EX | LOCK_NB);
	SAYS("second_unlock", SYS_flock, second, LOCK_UN);
	SAYS("upgrade", SYS_flock, first, LOCK_EX | LOCK_NB);
	observe_number("child", in_child(child));
	copy = dup(first);
	close(first);
	SAYS("copy_holds", SYS_flock, second, LOCK_EX | LOCK_NB);
	close(copy);
	SAYS("last_close_frees", SYS_flock, second, LOCK_EX | LOCK_NB);
	SAYS("unlock_twice", SYS_flock, second, LOCK_UN);
	SAYS("unlocked", SYS_flock, second, LOCK_UN);
	SAYS("bad_operation", SYS_flock, second, 3);
	SAYS("no_operation", SYS_flock, second, 0);
	SAYS("closed", SYS_flock, 99, LOCK_SH);
	SAYS("directory", SYS_flock, open(".", O_RDONLY), LOCK_EX | LOCK_NB);
	return 0;
}
