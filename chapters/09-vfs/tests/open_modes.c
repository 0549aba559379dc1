/* SPDX-License-Identifier: MIT */
/* open_modes.c - what a descriptor may do by the way it was opened; O_PATH ones may do little. */
#include "scratch.h"

static void use(const char *how, int fd)
{
	struct stat status;
	char byte = 'x';

	SAYS(text("%s_read", how), SYS_read, fd, &byte, 1);
	SAYS(text("%s_write", how), SYS_write, fd, "y", 1);
	SAYS(text("%s_read_nothing", how), SYS_read, fd, 0, 0);
	SAYS(text("%s_write_nothing", how), SYS_write, fd, 0, 0);
	SAYS(text("%s_pread", how), SYS_pread64, fd, &byte, 1, 0);
	SAYS(text("%s_seek", how), SYS_lseek, fd, 1, SEEK_SET);
	SAYS(text("%s_stat", how), SYS_fstat, fd, &status);
	SAYS(text("%s_truncate", how), SYS_ftruncate, fd, 3);
	SAYS(text("%s_chmod", how), SYS_fchmod, fd, 0600);
	SAYS(text("%s_chown", how), SYS_fchown, fd, 0, 0);
	SAYS(text("%s_sync", how), SYS_fsync, fd);
	SAYS(text("%s_entries", how), SYS_getdents64, fd, &status, sizeof(status));
	SAYS(text("%s_ioctl", how), SYS_ioctl, fd, 0x5401, &status);
	SAYS(text("%s_chdir", how), SYS_fchdir, fd);
	SAYS(text("%s_setfl", how), SYS_fcntl, fd, F_SETFL, O_NONBLOCK);
	SAYS(text("%s_lock", how), SYS_flock, fd, LOCK_SH | LOCK_NB);
	observe(text("%s_map", how),
		sys(SYS_mmap, 0, 4096, PROT_READ, MAP_PRIVATE, fd, 0) > 0 ?
			0 :
			sys(SYS_mmap, 0, 4096, PROT_READ, MAP_PRIVATE, fd, 0));
	observe_hex(text("%s_getfl", how), sys(SYS_fcntl, fd, F_GETFL));
	observe(text("%s_dup", how), sys(SYS_dup, fd) > 0);
	WORKS(text("%s_openat", how), SYS_openat, fd, "x", O_RDONLY);
	sys(SYS_close_range, 4, ~0u, 0);
}

TEST
{
	scratch();
	file_make("file", "0123456789");
	mkdir("dir", 0755);
	symlink("file", "link");
	use("read_only", open("file", O_RDONLY));
	use("write_only", open("file", O_WRONLY));
	use("both", open("file", O_RDWR));
	use("neither", open("file", 3));
	use("path_file", open("file", O_PATH));
	use("path_link", open("link", O_PATH | O_NOFOLLOW));
	use("directory", open("dir", O_RDONLY));
	chdir("..");
	use("closed", 77);
	use("negative", -1);
	return 0;
}
