/* SPDX-License-Identifier: MIT */
/* directories.c - mkdir, rmdir, chdir, getcwd; link counts; a current directory that is removed. */
#include "scratch.h"

static long nlink(const char *name)
{
	struct stat status;

	return stat(name, &status) ? -errno : (long)status.st_nlink;
}

static void removed(void)
{
	char buffer[100];
	struct stat status;

	mkdir("gone", 0755);
	mkdir("gone/deep", 0755);
	chdir("gone/deep");
	SAYS("rmdir_current", SYS_rmdir, "../deep");
	SAYS("removed_getcwd", SYS_getcwd, buffer, sizeof(buffer));
	WORKS("removed_create", SYS_open, "x", O_CREAT | O_WRONLY, 0600);
	SAYS("removed_mkdir", SYS_mkdir, "x", 0700);
	SAYS("removed_stat", SYS_stat, ".", &status);
	observe_number("removed_count", status.st_nlink);
	SAYS("removed_entries", SYS_getdents64, open(".", O_RDONLY), buffer, sizeof(buffer));
	SAYS("removed_up_stat", SYS_stat, "..", &status);
	SAYS("removed_up", SYS_chdir, "..");
	SAYS("removed_again", SYS_stat, "deep", &status);
	chdir("..");
}

static void cwd(void)
{
	char buffer[300], whole[300];
	long length = sys(SYS_getcwd, whole, sizeof(whole));

	mkdir("here", 0755);
	chdir("here");
	SAYS("getcwd_longer", SYS_getcwd, buffer, sizeof(buffer));
	observe_number("getcwd_grows", sys(SYS_getcwd, buffer, sizeof(buffer)) - length);
	observe_text("getcwd_tail", buffer + length - 1);
	SAYS("getcwd_exact", SYS_getcwd, buffer, length + 5);
	SAYS("getcwd_short", SYS_getcwd, buffer, length + 4);
	SAYS("getcwd_zero", SYS_getcwd, buffer, 0);
	SAYS("getcwd_bad", SYS_getcwd, 8, 300);
	chdir("..");
	SAYS("chdir_file", SYS_chdir, "file");
	SAYS("chdir_missing", SYS_chdir, "missing");
	SAYS("chdir_empty", SYS_chdir, "");
	SAYS("fchdir_file", SYS_fchdir, open("file", O_RDONLY));
	SAYS("fchdir_closed", SYS_fchdir, 99);
	chdir("/");
	SAYS("getcwd_root", SYS_getcwd, buffer, sizeof(buffer));
	chdir(whole);
}

TEST
{
	scratch();
	file_make("file", "");
	mkdir("dir", 0755);
	symlink("newdir", "dangling");
	observe_number("count_empty", nlink("dir"));
	mkdir("dir/a", 0755);
	mkdir("dir/b", 0755);
	file_make("dir/f", "");
	observe_number("count_two", nlink("dir"));
	SAYS("mkdir_exists", SYS_mkdir, "dir", 0755);
	SAYS("mkdir_file", SYS_mkdir, "file", 0755);
	SAYS("mkdir_dangling", SYS_mkdir, "dangling", 0755);
	SAYS("mkdir_dangling_slash", SYS_mkdir, "dangling/", 0755);
	SAYS("mkdir_trailing", SYS_mkdir, "slash/", 0755);
	SAYS("mkdir_slashes", SYS_mkdir, "slashes///", 0755);
	SAYS("mkdir_dot", SYS_mkdir, "new/.", 0755);
	SAYS("mkdir_missing", SYS_mkdir, "missing/x", 0755);
	SAYS("mkdir_below_file", SYS_mkdir, "file/x", 0755);
	SAYS("mkdir_root", SYS_mkdir, "/", 0755);
	SAYS("mkdir_up", SYS_mkdir, "..", 0755);
	SAYS("rmdir_full", SYS_rmdir, "dir");
	SAYS("rmdir_file", SYS_rmdir, "file");
	SAYS("rmdir_missing", SYS_rmdir, "missing");
	SAYS("rmdir_dot", SYS_rmdir, "dir/.");
	SAYS("rmdir_dotdot", SYS_rmdir, "dir/..");
	SAYS("rmdir_root", SYS_rmdir, "/");
	SAYS("rmdir_trailing", SYS_rmdir, "slash/");
	SAYS("unlink_dir", SYS_unlink, "dir");
	SAYS("unlink_dir_slash", SYS_unlink, "dir/");
	SAYS("unlink_file_slash", SYS_unlink, "file/");
	SAYS("unlink_missing_slash", SYS_unlink, "missing/");
	SAYS("unlink_dot", SYS_unlink, ".");
	SAYS("unlink_dir_dot", SYS_unlink, "dir/.");
	SAYS("rmdir_a", SYS_rmdir, "dir/a");
	observe_number("count_one", nlink("dir"));
	cwd();
	removed();
	return 0;
}
