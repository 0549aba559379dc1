/* SPDX-License-Identifier: MIT */
/* unlinked.c - a file without a name lives as long as somebody has it open. */
#include "scratch.h"

TEST
{
	struct stat status;
	char bytes[20] = "";
	int fd, again, dir;

	scratch();
	fd = open("file", O_CREAT | O_RDWR, 0600);
	write(fd, "contents", 8);
	again = dup(fd);
	SAYS("unlink", SYS_unlink, "file");
	SAYS("gone", SYS_open, "file", O_RDONLY);
	fstat(fd, &status);
	observe_number("links", status.st_nlink);
	observe_number("size", status.st_size);
	SAYS("write", SYS_write, fd, " more", 5);
	SAYS("read_back", SYS_pread64, fd, bytes, 13, 0);
	observe_text("bytes", bytes);
	SAYS("new_file", SYS_mknod, "file", S_IFREG | 0644, 0);
	SAYS("truncate", SYS_ftruncate, fd, 4);
	close(fd);
	SAYS("read_through_dup", SYS_pread64, again, bytes, 13, 0);
	SAYS("chmod", SYS_fchmod, again, 0644);
	SAYS("close_last", SYS_close, again);
	SAYS("closed", SYS_fstat, again, &status);
	mkdir("dir", 0755);
	dir = open("dir", O_RDONLY);
	SAYS("rmdir_open", SYS_rmdir, "dir");
	SAYS("create_in_dead", SYS_openat, dir, "x", O_CREAT | O_WRONLY, 0600);
	SAYS("mkdir_in_dead", SYS_mkdirat, dir, "x", 0700);
	SAYS("symlink_in_dead", SYS_symlinkat, "x", dir, "x");
	SAYS("look_in_dead", SYS_openat, dir, "x", O_RDONLY);
	WORKS("dot_in_dead", SYS_openat, dir, ".", O_RDONLY);
	fstat(dir, &status);
	observe_number("dead_links", status.st_nlink);
	SAYS("same_name_again", SYS_mkdir, "dir", 0755);
	SAYS("dead_still_dead", SYS_openat, dir, "x", O_CREAT | O_WRONLY, 0600);
	return 0;
}
