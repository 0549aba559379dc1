/* SPDX-License-Identifier: MIT */
/* record_locks.c - fcntl's locks between processes and open files: conflicts, cutting, release. */
#include "scratch.h"

static int file;

static struct flock lock_of(int type, long start, long length)
{
	return (struct flock){ .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
}

static long set(int command, int type, long start, long length)
{
	struct flock lock = lock_of(type, start, length);

	return sys(SYS_fcntl, file, command, &lock);
}

static void get(const char *key, int type, long start, long length)
{
	struct flock lock = lock_of(type, start, length);

	SAYS(text("%s_get", key), SYS_fcntl, file, F_GETLK, &lock);
	observe_number(text("%s_type", key), lock.l_type);
	observe_number(text("%s_start", key), lock.l_start);
	observe_number(text("%s_length", key), lock.l_len);
	observe(text("%s_parent", key), lock.l_pid == getppid());
}

static void tell_several(void)
{
	get("several", F_WRLCK, 400, 0);
	get("several_read", F_RDLCK, 411, 0);
	get("several_middle", F_WRLCK, 430, 200);
	get("several_rear", F_WRLCK, 451, 0);
}

/* Locks of one process that were set from the last to the first, then one of another kind between:
 * which of them is told. */
static void several(void)
{
	observe("first_of_all", set(F_SETLK, F_WRLCK, 500, 5));
	observe("before_it", set(F_SETLK, F_RDLCK, 420, 5));
	observe("before_that", set(F_SETLK, F_WRLCK, 410, 2));
	observe("between", set(F_SETLK, F_RDLCK, 440, 20));
	observe("hole_made", set(F_SETLK, F_UNLCK, 450, 2));
	observe("joined", set(F_SETLK, F_RDLCK, 436, 4));
	observe_number("told", in_child(tell_several));
	set(F_SETLK, F_UNLCK, 400, 0);
}

static void child(void)
{
	get("write_first", F_WRLCK, 0, 10);
	get("read_first", F_RDLCK, 0, 10);
	get("hole", F_WRLCK, 45, 5);
	get("rear", F_WRLCK, 50, 0);
	get("beyond", F_WRLCK, 200, 1);
	observe("lock_taken", set(F_SETLK, F_WRLCK, 0, 1));
	observe("read_lock_taken", set(F_SETLK, F_RDLCK, 0, 1));
	observe("lock_hole", set(F_SETLK, F_WRLCK, 42, 2));
	observe("lock_free", set(F_SETLK, F_WRLCK, 300, 0));
	observe("read_shared", set(F_SETLK, F_RDLCK, 100, 10));
	observe("write_shared", set(F_SETLK, F_WRLCK, 100, 10));
}

static void released(void)
{
	observe("after_close", set(F_SETLK, F_WRLCK, 0, 0));
}

static void released_by_dup2(void)
{
	observe("after_dup2", set(F_SETLK, F_WRLCK, 0, 0));
}

/* dup2(2) closes what it replaces, with all that this means. */
static void replace(void)
{
	int other = open("file", O_RDONLY);

	observe("lock_again", set(F_SETLK, F_WRLCK, 0, 10));
	observe("replaced", dup2(0, other) == other);
	close(other);
	observe_number("released_again", in_child(released_by_dup2));
}

static void by_files(void)
{
	int other = open("file", O_RDWR);
	struct flock lock = lock_of(F_WRLCK, 0, 10);

	SAYS("file_lock", SYS_fcntl, file, F_OFD_SETLK, &lock);
	SAYS("file_lock_other", SYS_fcntl, other, F_OFD_SETLK, &lock);
	SAYS("file_lock_same", SYS_fcntl, dup(file), F_OFD_SETLK, &lock);
	SAYS("process_lock", SYS_fcntl, other, F_SETLK, &lock);
	SAYS("file_get", SYS_fcntl, other, F_OFD_GETLK, &lock);
	observe_number("file_get_pid", lock.l_pid);
	lock = lock_of(F_WRLCK, 0, 10);
	lock.l_pid = 1;
	SAYS("file_lock_pid", SYS_fcntl, file, F_OFD_SETLK, &lock);
	lock = lock_of(F_UNLCK, 0, 10);
	SAYS("file_unlock", SYS_fcntl, file, F_OFD_SETLK, &lock);
}

TEST
{
	struct flock lock;

	scratch();
	file_make("file", "0123456789");
	file = open("file", O_RDWR);
	observe("write_lock", set(F_SETLK, F_WRLCK, 0, 100));
	observe("cut", set(F_SETLK, F_UNLCK, 40, 10));
	observe("to_read", set(F_SETLK, F_RDLCK, 100, 50));
	observe_number("child", in_child(child));
	several();
	close(open("file", O_RDONLY));
	observe_number("released", in_child(released));
	replace();
	by_files();
	observe("bad_type", set(F_SETLK, 7, 0, 1));
	observe("get_unlock", set(F_GETLK, F_UNLCK, 0, 1));
	observe("negative_start", set(F_SETLK, F_RDLCK, -1, 1));
	observe("negative_length", set(F_SETLK, F_RDLCK, 10, -5));
	observe("too_negative", set(F_SETLK, F_RDLCK, 3, -5));
	observe("overflow", set(F_SETLK, F_RDLCK, 0x7fffffffffffffff, 2));
	lock = lock_of(F_RDLCK, -4, 2);
	lock.l_whence = SEEK_END;
	SAYS("from_end", SYS_fcntl, file, F_SETLK, &lock);
	lock.l_whence = 9;
	SAYS("bad_whence", SYS_fcntl, file, F_SETLK, &lock);
	SAYS("bad_pointer", SYS_fcntl, file, F_SETLK, 8);
	file = open("file", O_RDONLY);
	observe("write_lock_read_only", set(F_SETLK, F_WRLCK, 0, 1));
	file = open("file", O_WRONLY);
	observe("read_lock_write_only", set(F_SETLK, F_RDLCK, 0, 1));
	return 0;
}
