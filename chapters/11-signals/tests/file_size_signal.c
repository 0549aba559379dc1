/* SPDX-License-Identifier: MIT */
/* file_size_signal.c - SIGXFSZ: what writes or grows a file beyond the limit is killed. */
#include "../../09-vfs/tests/scratch.h"

static int fd;

static void killed_by_write(void)
{
	pwrite(fd, "x", 1, 8);
}

static void killed_by_truncate(void)
{
	ftruncate(fd, 100);
}

TEST
{
	struct rlimit limit = { 8, 100 };

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	setrlimit(RLIMIT_FSIZE, &limit);
	observe_number("write", in_child(killed_by_write));
	observe_number("truncate", in_child(killed_by_truncate));
	SAYS("size", SYS_lseek, fd, 0, SEEK_END);
	return 0;
}
