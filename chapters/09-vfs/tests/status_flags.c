/* SPDX-License-Identifier: MIT */
/* status_flags.c - F_GETFL and F_SETFL: what is shown, what can change, what duplicates share. */
#include "scratch.h"

static void shows(const char *key, int flags)
{
	int fd = open("file", flags, 0600);

	observe_hex(key, sys(SYS_fcntl, fd, F_GETFL));
	close(fd);
}

TEST
{
	int fd, other, same;
	int on = 1;

	scratch();
	file_make("file", "text");
	shows("read", O_RDONLY);
	shows("write", O_WRONLY);
	shows("both", O_RDWR);
	shows("append", O_WRONLY | O_APPEND);
	shows("nonblock", O_RDONLY | O_NONBLOCK);
	shows("create", O_RDWR | O_CREAT);
	shows("truncate", O_RDWR | O_TRUNC | O_NOCTTY);
	shows("cloexec", O_RDONLY | O_CLOEXEC);
	shows("sync", O_WRONLY | O_SYNC);
	shows("dsync", O_WRONLY | O_DSYNC);
	shows("nofollow", O_RDONLY | O_NOFOLLOW);
	shows("noatime", O_RDONLY | O_NOATIME);
	shows("path", O_PATH | O_RDWR | O_APPEND);
	fd = open(".", O_RDONLY | O_DIRECTORY);
	observe_hex("directory", sys(SYS_fcntl, fd, F_GETFL));
	fd = open("file", O_RDWR);
	other = open("file", O_RDWR);
	same = dup(fd);
	SAYS("set", SYS_fcntl, fd, F_SETFL, O_APPEND | O_NONBLOCK | O_CREAT | O_WRONLY | O_TRUNC);
	observe_hex("now", sys(SYS_fcntl, fd, F_GETFL));
	observe_hex("duplicate", sys(SYS_fcntl, same, F_GETFL));
	observe_hex("separate", sys(SYS_fcntl, other, F_GETFL));
	SAYS("clear", SYS_fcntl, same, F_SETFL, 0);
	observe_hex("cleared", sys(SYS_fcntl, fd, F_GETFL));
	SAYS("fionbio", SYS_ioctl, fd, 0x5421, &on);
	observe_hex("fionbio_set", sys(SYS_fcntl, fd, F_GETFL));
	SAYS("fionbio_bad", SYS_ioctl, fd, 0x5421, 8);
	lseek(fd, 3, SEEK_SET);
	ftruncate(fd, 10);
	SAYS("fionread", SYS_ioctl, fd, 0x541b, &on);
	observe_number("ahead", on);
	SAYS("owner", SYS_fcntl, fd, F_GETOWN);
	SAYS("lease", SYS_fcntl, fd, F_GETLEASE);
	return 0;
}
