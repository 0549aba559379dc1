/* SPDX-License-Identifier: MIT */
/*
 * unlinked_again.c - a file without a name, reached through /proc/self/fd: opened again, executed,
 * linked, truncated; what its link says.
 */
#include "../../09-vfs/tests/scratch.h"

#define FD(fd) text("/proc/self/fd/%d", fd)

static void link_says(const char *key, const char *name)
{
	char whole[300], here[200];
	long length = readlink(name, whole, sizeof(whole) - 1), prefix;

	if (length < 0) {
		observe(key, -errno);
		return;
	}
	whole[length] = '\0';
	getcwd(here, sizeof(here));
	prefix = strlen(here);
	observe_text(key, strncmp(whole, here, prefix) ? whole : text("HERE%s", whole + prefix));
}

static void opened_again(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), again;
	struct stat status;
	char bytes[32] = "";

	write(fd, "contents", 8);
	link_says("named", FD(fd));
	unlink("file");
	link_says("unlinked", FD(fd));
	again = open(FD(fd), O_RDONLY);
	observe("opened", again < 0 ? -errno : 0);
	SAYS("own_position", SYS_lseek, again, 0, SEEK_CUR);
	SAYS("read", SYS_read, again, bytes, 20);
	observe_text("bytes", bytes);
	SAYS("first_position", SYS_lseek, fd, 0, SEEK_CUR);
	SAYS("not_for_writing", SYS_write, again, "x", 1);
	fstat(again, &status);
	observe_number("links", status.st_nlink);
	SAYS("stat_through", SYS_stat, FD(fd), &status);
	observe_number("stat_size", status.st_size);
	SAYS("lstat", SYS_lstat, FD(fd), &status);
	observe_hex("link_mode", status.st_mode);
	observe_number("link_size", status.st_size);
	SAYS("not_followed", SYS_open, FD(fd), O_RDONLY | O_NOFOLLOW);
	SAYS("exclusive", SYS_open, FD(fd), O_RDONLY | O_CREAT | O_EXCL, 0600);
	close(fd);
	link_says("of_second", FD(again));
	observe("written_through", opens(FD(again), O_WRONLY, 0));
	SAYS("truncate_through", SYS_truncate, FD(again), 3);
	fstat(again, &status);
	observe_number("cut", status.st_size);
	observe("emptied_through", opens(FD(again), O_RDWR | O_TRUNC, 0));
	fstat(again, &status);
	observe_number("emptied", status.st_size);
	SAYS("chmod_through", SYS_chmod, FD(again), 0400);
	observe("created_through", opens(FD(again), O_RDWR | O_CREAT, 0600));
	SAYS("linked", SYS_linkat, AT_FDCWD, FD(again), AT_FDCWD, "back", AT_SYMLINK_FOLLOW);
	SAYS("linked_itself", SYS_linkat, AT_FDCWD, FD(again), AT_FDCWD, "back", 0);
	SAYS("rename", SYS_rename, FD(again), "back");
	SAYS("unlink_link", SYS_unlink, FD(again));
	close(again);
	SAYS("closed", SYS_open, FD(again), O_RDONLY);
}

/* A named file can be given a second name through its descriptor. */
static void linked_while_named(void)
{
	int fd = open("named", O_CREAT | O_RDWR, 0600);

	SAYS("named_linked", SYS_linkat, AT_FDCWD, FD(fd), AT_FDCWD, "second", AT_SYMLINK_FOLLOW);
	unlink("named");
	link_says("first_name_gone", FD(fd));
	file_make("named", "another");
	link_says("name_taken", FD(fd));
	rename("second", "third");
	link_says("second_moved", FD(fd));
	SAYS("linked_by_other", SYS_linkat, AT_FDCWD, FD(fd), AT_FDCWD, "fourth", AT_SYMLINK_FOLLOW);
	close(fd);
}

static int run_fd;

static void run_link(void)
{
	char *argv[] = { "program", "77", NULL };

	SAYS("exec_failed", SYS_execve, FD(run_fd), argv, NULL);
}

static void run_descriptor(void)
{
	char *argv[] = { "program", "78", NULL };

	SAYS("execveat_failed", SYS_execveat, run_fd, "", argv, NULL, AT_EMPTY_PATH);
}

/* What the unlinked program sees of itself. */
static int ran(const char *how)
{
	struct stat status;

	link_says(text("%s_exe", how), "/proc/self/exe");
	observe(text("%s_exe_opens", how), opens("/proc/self/exe", O_RDONLY, 0));
	observe(text("%s_exe_busy", how), opens("/proc/self/exe", O_WRONLY, 0));
	stat("/proc/self/exe", &status);
	observe_number(text("%s_links", how), status.st_nlink);
	return atoi(how);
}

static void executed(void)
{
	copy_self("program");
	run_fd = open("program", O_RDONLY);
	unlink("program");
	observe_number("exec", in_child(run_link));
	observe_number("execveat", in_child(run_descriptor));
	observe("not_busy_again", opens(FD(run_fd), O_RDWR, 0));
	fchmod(run_fd, 0600);
	observe_number("exec_without_right", in_child(run_link));
	close(run_fd);
}

static void directories(void)
{
	int dir;

	mkdir("dir", 0755);
	file_make("dir/inside", "in");
	dir = open("dir", O_RDONLY);
	SAYS("through_directory", SYS_access, text("/proc/self/fd/%d/inside", dir), R_OK);
	unlink("dir/inside");
	rmdir("dir");
	link_says("dead_directory", FD(dir));
	SAYS("create_in_dead", SYS_open, text("/proc/self/fd/%d/new", dir), O_CREAT | O_RDWR, 0600);
	observe("dead_opens", opens(FD(dir), O_RDONLY | O_DIRECTORY, 0));
	mkdir("cwd", 0755);
	chdir("cwd");
	link_says("cwd", "/proc/self/cwd");
	rmdir("../cwd");
	{
		char whole[300] = "";
		long length = readlink("/proc/self/cwd", whole, sizeof(whole));

		observe_bytes("dead_cwd", length > 14 ? whole + length - 14 : whole, 14);
	}
	SAYS("cwd_up", SYS_chdir, "/proc/self/cwd/..");
	close(dir);
}

TEST
{
	if (test_argc > 1)
		return ran(test_argv[1]);
	scratch();
	opened_again();
	linked_while_named();
	executed();
	directories();
	return 0;
}
