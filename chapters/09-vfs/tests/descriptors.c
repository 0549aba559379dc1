/* SPDX-License-Identifier: MIT */
/* descriptors.c - numbers: the lowest free one, dup's forms, close on exec, limits, close_range. */
#include "scratch.h"

static void duplicates(int fd)
{
	SAYS("dup_lowest", SYS_dup, fd);
	SAYS("dup2_high", SYS_dup2, fd, 20);
	SAYS("dup2_same", SYS_dup2, fd, fd);
	SAYS("dup2_same_closed", SYS_dup2, 50, 50);
	SAYS("dup2_closed", SYS_dup2, 50, 21);
	SAYS("dup2_negative", SYS_dup2, fd, -1);
	SAYS("dup2_huge", SYS_dup2, fd, 1 << 30);
	SAYS("dup3_same", SYS_dup3, fd, fd, 0);
	SAYS("dup3_flags", SYS_dup3, fd, 22, O_APPEND);
	SAYS("dup3", SYS_dup3, fd, 22, O_CLOEXEC);
	SAYS("dup3_flag_set", SYS_fcntl, 22, F_GETFD);
	SAYS("dup2_flag_clear", SYS_fcntl, 20, F_GETFD);
	SAYS("dupfd", SYS_fcntl, fd, F_DUPFD, 20);
	SAYS("dupfd_cloexec", SYS_fcntl, fd, F_DUPFD_CLOEXEC, 30);
	SAYS("dupfd_cloexec_flag", SYS_fcntl, 30, F_GETFD);
	SAYS("dupfd_negative", SYS_fcntl, fd, F_DUPFD, -1);
	SAYS("dupfd_huge", SYS_fcntl, fd, F_DUPFD, 1 << 30);
	SAYS("setfd", SYS_fcntl, fd, F_SETFD, FD_CLOEXEC);
	SAYS("getfd", SYS_fcntl, fd, F_GETFD);
	SAYS("dup_of_marked", SYS_fcntl, dup(fd), F_GETFD);
	SAYS("dup2_of_marked", SYS_fcntl, dup2(fd, 23), F_GETFD);
	SAYS("dupfd_of_marked", SYS_fcntl, fcntl(fd, F_DUPFD, 24), F_GETFD);
	SAYS("setfd_other_bits", SYS_fcntl, fd, F_SETFD, 6);
	SAYS("getfd_cleared", SYS_fcntl, fd, F_GETFD);
	SAYS("fioclex", SYS_ioctl, fd, 0x5451);
	SAYS("fioclex_set", SYS_fcntl, fd, F_GETFD);
	SAYS("fionclex", SYS_ioctl, fd, 0x5450);
	SAYS("fionclex_cleared", SYS_fcntl, fd, F_GETFD);
	SAYS("unknown_fcntl", SYS_fcntl, fd, 999, 0);
	SAYS("unknown_ioctl", SYS_ioctl, fd, 999, 0);
}

static void limits(void)
{
	struct rlimit limit = { 8, 8 };
	int opened = 0;

	sys(SYS_close_range, 4, ~0u, 0);
	setrlimit(RLIMIT_NOFILE, &limit);
	while (open("file", O_RDONLY) >= 0)
		opened++;
	observe_number("opened_under_limit", opened);
	SAYS("open_limit", SYS_open, "file", O_RDONLY);
	SAYS("dup_limit", SYS_dup, 4);
	SAYS("dup2_at_limit", SYS_dup2, 4, 8);
	SAYS("dup2_below_limit", SYS_dup2, 4, 7);
	SAYS("dupfd_at_limit", SYS_fcntl, 4, F_DUPFD, 8);
	SAYS("missing_at_limit", SYS_open, "missing", O_RDONLY);
	SAYS("close", SYS_close, 5);
	SAYS("open_again", SYS_open, "file", O_RDONLY);
}

TEST
{
	int fd;

	scratch();
	file_make("file", "text");
	fd = open("file", O_RDONLY);
	observe_number("first", fd);
	observe_number("second", open("file", O_RDONLY));
	close(fd);
	observe_number("reused", open("file", O_RDONLY));
	SAYS("close_closed", SYS_close, 40);
	SAYS("close_negative", SYS_close, -1);
	duplicates(fd);
	SAYS("range", SYS_close_range, 21, 29, 0);
	SAYS("range_closed", SYS_fcntl, 22, F_GETFD);
	SAYS("range_kept", SYS_fcntl, 20, F_GETFD);
	SAYS("range_mark", SYS_close_range, 20, ~0u, 4);
	SAYS("range_marked", SYS_fcntl, 20, F_GETFD);
	SAYS("range_backwards", SYS_close_range, 9, 8, 0);
	SAYS("range_flags", SYS_close_range, 9, 9, 8);
	SAYS("range_unshare", SYS_close_range, 20, 40, 2);
	for (int number = 64; number <= 512; number *= 2)
		SAYS(text("number_%d", number), SYS_dup2, fd, number);
	SAYS("many", SYS_dup2, fd, 900);
	SAYS("many_next", SYS_fcntl, fd, F_DUPFD, 900);
	observe_number("limits", in_child(limits));
	return 0;
}
