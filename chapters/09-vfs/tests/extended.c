/* SPDX-License-Identifier: MIT */
/* extended.c - extended attributes as tmpfs answers; and small calls on descriptors that are files. */
#include "scratch.h"

TEST
{
	char value[16];
	int fd;

	scratch();
	file_make("file", "");
	fd = open("file", O_RDWR);
	SAYS("get_missing_file", SYS_getxattr, "missing", "security.x", value, 16);
	SAYS("get_security", SYS_getxattr, "file", "security.capability", value, 16);
	SAYS("get_trusted", SYS_lgetxattr, "file", "trusted.x", value, 16);
	SAYS("get_unknown", SYS_fgetxattr, fd, "nonsense.x", value, 16);
	SAYS("get_plain", SYS_getxattr, "file", "plain", value, 16);
	SAYS("get_empty", SYS_getxattr, "file", "", value, 16);
	SAYS("get_bad_name", SYS_getxattr, "file", 8, value, 16);
	SAYS("set_unknown", SYS_setxattr, "file", "nonsense.x", "v", 1, 0);
	SAYS("set_flags", SYS_setxattr, "file", "nonsense.x", "v", 1, 8);
	SAYS("set_big", SYS_setxattr, "file", "nonsense.x", "v", 65537, 0);
	SAYS("remove_trusted", SYS_removexattr, "file", "trusted.x");
	SAYS("get_closed", SYS_fgetxattr, 99, "trusted.x", value, 16);
	SAYS("list_closed", SYS_flistxattr, 99, value, 16);
	SAYS("terminal_call", SYS_ioctl, fd, 0x5401, value);
	SAYS("pipe_size", SYS_fcntl, fd, F_GETPIPE_SZ);
	SAYS("chroot_file", SYS_chroot, "file");
	SAYS("chroot_missing", SYS_chroot, "missing");
	return 0;
}
