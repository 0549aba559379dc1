/* SPDX-License-Identifier: MIT */
/* links.c - hard and symbolic links: counts, refusals, reading. */
#include "scratch.h"

static long nlink(const char *name)
{
	struct stat status;

	return lstat(name, &status) ? -errno : (long)status.st_nlink;
}

static void hard(void)
{
	int fd;

	SAYS("link", SYS_link, "file", "second");
	observe_number("count", nlink("file"));
	SAYS("link_exists", SYS_link, "file", "second");
	SAYS("link_missing", SYS_link, "missing", "third");
	SAYS("link_dir", SYS_link, "dir", "third");
	SAYS("link_trailing", SYS_link, "file", "third/");
	SAYS("link_from_trailing", SYS_link, "file/", "third");
	SAYS("link_into_file", SYS_link, "file", "second/third");
	SAYS("link_dot", SYS_link, "file", ".");
	SAYS("link_symlink", SYS_link, "soft", "soft2");
	observe_number("count_soft", nlink("soft"));
	SAYS("link_follow", SYS_linkat, AT_FDCWD, "soft", AT_FDCWD, "third", AT_SYMLINK_FOLLOW);
	observe_number("count_followed", nlink("file"));
	fd = open("file", O_RDONLY);
	unlink("file");
	unlink("second");
	unlink("third");
	SAYS("link_dead", SYS_linkat, fd, "", AT_FDCWD, "risen", AT_EMPTY_PATH);
	close(fd);
	SAYS("link_null", SYS_link, 0, "x");
	SAYS("link_empty", SYS_link, "dir", "");
}

static void soft(void)
{
	char buffer[32] = "................";
	char target[4200];

	SAYS("readlink", SYS_readlink, "soft", buffer, 16);
	observe_bytes("read", buffer, 16);
	SAYS("readlink_short", SYS_readlink, "soft", buffer, 2);
	SAYS("readlink_zero", SYS_readlink, "soft", buffer, 0);
	SAYS("readlink_negative", SYS_readlink, "soft", buffer, -1);
	SAYS("readlink_dir", SYS_readlink, "dir", buffer, 16);
	SAYS("readlink_missing", SYS_readlink, "missing", buffer, 16);
	SAYS("readlink_trailing", SYS_readlink, "dirlink/", buffer, 16);
	SAYS("readlink_bad", SYS_readlink, "soft", 8, 16);
	SAYS("symlink_exists", SYS_symlink, "x", "soft");
	SAYS("symlink_empty", SYS_symlink, "", "soft3");
	SAYS("symlink_trailing", SYS_symlink, "x", "soft3/");
	SAYS("symlink_missing", SYS_symlink, "x", "missing/soft");
	memset(target, 't', sizeof(target));
	target[4095] = '\0';
	SAYS("symlink_4095", SYS_symlink, target, "long");
	SAYS("readlink_4095", SYS_readlink, "long", target, 4096);
	target[4095] = 't';
	target[4096] = '\0';
	SAYS("symlink_4096", SYS_symlink, target, "longer");
	SAYS("unlink_soft", SYS_unlink, "soft");
	observe_number("dir_stays", nlink("dir"));
	SAYS("rmdir_soft", SYS_rmdir, "dirlink");
	SAYS("unlink_trailing", SYS_unlink, "dirlink/");
	SAYS("rmdir_trailing", SYS_rmdir, "dirlink/");
}

TEST
{
	struct stat status;

	scratch();
	mkdir("dir", 0755);
	symlink("dir", "dirlink");
	symlink("file", "soft");
	file_make("file", "x");
	hard();
	soft();
	lstat("soft2", &status);
	observe_number("soft_size", status.st_size);
	observe_hex("soft_mode", status.st_mode);
	return 0;
}
