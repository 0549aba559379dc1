/* SPDX-License-Identifier: MIT */
/* path_at.c - names relative to a directory's descriptor. */
#include "scratch.h"

TEST
{
	struct stat status;
	char buffer[64];
	int dir, file, path;

	scratch();
	mkdir("dir", 0755);
	file_make("dir/file", "abc");
	symlink("file", "dir/link");
	dir = open("dir", O_RDONLY | O_DIRECTORY);
	file = open("dir/file", O_RDONLY);
	path = open("dir", O_PATH);
	WORKS("openat", SYS_openat, dir, "file", O_RDONLY);
	WORKS("openat_path", SYS_openat, path, "file", O_RDONLY);
	WORKS("openat_absolute", SYS_openat, 99, "/dev", O_RDONLY);
	WORKS("openat_cwd", SYS_openat, AT_FDCWD, "dir/file", O_RDONLY);
	SAYS("openat_closed", SYS_openat, 99, "file", O_RDONLY);
	SAYS("openat_file", SYS_openat, file, "file", O_RDONLY);
	SAYS("openat_empty", SYS_openat, dir, "", O_RDONLY);
	SAYS("stat_empty", SYS_newfstatat, file, "", &status, 0);
	SAYS("stat_empty_allowed", SYS_newfstatat, file, "", &status, AT_EMPTY_PATH);
	observe_number("stat_size", status.st_size);
	SAYS("stat_empty_cwd", SYS_newfstatat, AT_FDCWD, "", &status, AT_EMPTY_PATH);
	SAYS("stat_empty_closed", SYS_newfstatat, 99, "", &status, AT_EMPTY_PATH);
	SAYS("stat_flags", SYS_newfstatat, dir, "file", &status, 0x40000);
	SAYS("stat_nofollow", SYS_newfstatat, dir, "link", &status, AT_SYMLINK_NOFOLLOW);
	observe("is_link", S_ISLNK(status.st_mode));
	SAYS("mkdirat", SYS_mkdirat, dir, "sub", 0755);
	SAYS("mkdirat_file", SYS_mkdirat, file, "sub", 0755);
	SAYS("symlinkat", SYS_symlinkat, "to", dir, "soft");
	SAYS("readlinkat", SYS_readlinkat, dir, "soft", buffer, sizeof(buffer));
	SAYS("readlinkat_empty", SYS_readlinkat, dir, "", buffer, sizeof(buffer));
	path = open("dir/soft", O_PATH | O_NOFOLLOW);
	SAYS("readlinkat_of_link", SYS_readlinkat, path, "", buffer, sizeof(buffer));
	SAYS("linkat", SYS_linkat, dir, "file", dir, "hard", 0);
	SAYS("linkat_flags", SYS_linkat, dir, "file", dir, "hard2", 1);
	SAYS("linkat_empty", SYS_linkat, file, "", dir, "hard3", AT_EMPTY_PATH);
	SAYS("renameat", SYS_renameat, dir, "hard", AT_FDCWD, "moved");
	SAYS("unlinkat", SYS_unlinkat, dir, "file", 0);
	SAYS("unlinkat_dir", SYS_unlinkat, dir, "sub", 0);
	SAYS("unlinkat_rmdir", SYS_unlinkat, dir, "sub", AT_REMOVEDIR);
	SAYS("unlinkat_flags", SYS_unlinkat, dir, "soft", 1);
	SAYS("unlinkat_rmdir_link", SYS_unlinkat, dir, "soft", AT_REMOVEDIR);
	SAYS("fchmodat", SYS_fchmodat, AT_FDCWD, "moved", 0640);
	SAYS("fchownat_flags", SYS_fchownat, dir, "soft", 0, 0, 1);
	SAYS("fchownat_nofollow", SYS_fchownat, dir, "soft", 0, 0, AT_SYMLINK_NOFOLLOW);
	SAYS("fchownat_follow", SYS_fchownat, dir, "soft", 0, 0, 0);
	SAYS("faccessat", SYS_faccessat, dir, "soft", F_OK);
	SAYS("mknodat", SYS_mknodat, dir, "fifo", S_IFIFO | 0600, 0);
	SAYS("fchdir", SYS_fchdir, dir);
	WORKS("now_here", SYS_open, "fifo", O_PATH);
	return 0;
}
