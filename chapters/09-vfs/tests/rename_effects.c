/* SPDX-License-Identifier: MIT */
/* rename_effects.c - what rename leaves behind: contents, link counts, open files, flags. */
#include "scratch.h"

static void look(const char *name)
{
	struct stat status;
	char bytes[20] = "";
	int fd;

	observe(text("%s", name), lstat(name, &status) ? -errno : 0);
	if (errno == ENOENT)
		errno = 0;
	if (lstat(name, &status))
		return;
	observe_number(text("%s_links", name), status.st_nlink);
	if (!S_ISREG(status.st_mode))
		return;
	fd = open(name, O_RDONLY);
	read(fd, bytes, sizeof(bytes) - 1);
	close(fd);
	observe_text(text("%s_says", name), bytes);
}

static void flags(void)
{
	SAYS("noreplace", SYS_renameat2, AT_FDCWD, "b", AT_FDCWD, "d2", 1);
	SAYS("noreplace_free", SYS_renameat2, AT_FDCWD, "b", AT_FDCWD, "e", 1);
	SAYS("noreplace_missing", SYS_renameat2, AT_FDCWD, "zzz", AT_FDCWD, "e", 1);
	SAYS("exchange", SYS_renameat2, AT_FDCWD, "e", AT_FDCWD, "d2", 2);
	look("e");
	look("d2");
	SAYS("exchange_missing", SYS_renameat2, AT_FDCWD, "e", AT_FDCWD, "zzz", 2);
	SAYS("exchange_into_self", SYS_renameat2, AT_FDCWD, "e", AT_FDCWD, "e/sub", 2);
	SAYS("exchange_self_into", SYS_renameat2, AT_FDCWD, "e/sub", AT_FDCWD, "e", 2);
	SAYS("both_flags", SYS_renameat2, AT_FDCWD, "e", AT_FDCWD, "d2", 3);
	SAYS("unknown_flag", SYS_renameat2, AT_FDCWD, "e", AT_FDCWD, "d2", 8);
	SAYS("exchange_levels", SYS_renameat2, AT_FDCWD, "e/sub", AT_FDCWD, "d2", 2);
	look("e");
	look("e/sub");
	look("d2");
}

TEST
{
	struct stat status;
	char bytes[20] = "";
	int fd;

	scratch();
	file_make("a", "first");
	file_make("b", "second");
	fd = open("b", O_RDONLY);
	SAYS("replace", SYS_rename, "a", "b");
	look("a");
	look("b");
	read(fd, bytes, 10);
	observe_text("replaced_still_says", bytes);
	fstat(fd, &status);
	observe_number("replaced_links", status.st_nlink);
	link("b", "c");
	SAYS("same_file", SYS_rename, "b", "c");
	look("b");
	look("c");
	mkdir("d1", 0755);
	mkdir("d2", 0755);
	mkdir("d1/sub", 0755);
	SAYS("move_directory", SYS_rename, "d1/sub", "d2/sub");
	look("d1");
	look("d2");
	chdir("d2/sub");
	SAYS("up_follows", SYS_stat, "../sub", &status);
	chdir("../..");
	SAYS("deep_into_self", SYS_rename, "d2", "d2/sub/new");
	SAYS("over_parent", SYS_rename, "d2/sub", "d2");
	SAYS("empty_over_empty", SYS_rename, "d2/sub", "d1");
	look("d1");
	look("d2");
	mkdir("d2/sub", 0755);
	chdir("d2");
	SAYS("rename_current", SYS_rename, "../d2", "../d3");
	SAYS("still_here", SYS_stat, "sub", &status);
	chdir("..");
	SAYS("and_back", SYS_rename, "d3", "d2");
	flags();
	return 0;
}
