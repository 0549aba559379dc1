/* SPDX-License-Identifier: MIT */
/* file_size_limit.c - RLIMIT_FSIZE: short writes, EFBIG. */
#include "scratch.h"

#include <signal.h>

static int fd;

static void ignored(void)
{
	signal(SIGXFSZ, SIG_IGN);
	SAYS("short", SYS_write, fd, "0123456789", 10);
	SAYS("at_limit", SYS_write, fd, "x", 1);
	SAYS("nothing_at_limit", SYS_write, fd, "x", 0);
	SAYS("pwrite_below", SYS_pwrite64, fd, "x", 1, 2);
	SAYS("pwrite_beyond", SYS_pwrite64, fd, "x", 1, 100);
	SAYS("truncate_beyond", SYS_ftruncate, fd, 9);
	SAYS("truncate_at", SYS_ftruncate, fd, 8);
	SAYS("truncate_below", SYS_truncate, "file", 3);
	SAYS("allocate_beyond", SYS_fallocate, fd, 0, 0, 20);
	SAYS("size", SYS_lseek, fd, 0, SEEK_END);
}

static void short_is_no_reason(void)
{
	SAYS("short_again", SYS_pwrite64, fd, "0123456789", 10, 4);
}

TEST
{
	struct rlimit limit = { 8, 100 };

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	setrlimit(RLIMIT_FSIZE, &limit);
	observe_number("ignored", in_child(ignored));
	observe_number("short", in_child(short_is_no_reason));
	return 0;
}
