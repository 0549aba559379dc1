/* SPDX-License-Identifier: MIT */
/* permissions.c - what mode bits, owner and group allow an ordinary user, and a sticky directory. */
#include "scratch.h"

static const char *who;

static void try_all(void)
{
	for (unsigned mode = 0; mode < 8; mode++) {
		char name[20];

		snprintf(name, sizeof(name), "m%u", mode);
		observe(text("%s_read_%u", who, mode), opens(name, O_RDONLY, 0));
		observe(text("%s_write_%u", who, mode), opens(name, O_WRONLY, 0));
		observe(text("%s_both_%u", who, mode), opens(name, O_RDWR, 0));
		observe(text("%s_truncate_%u", who, mode), opens(name, O_RDONLY | O_TRUNC, 0));
		SAYS(text("%s_access_x_%u", who, mode), SYS_access, name, X_OK);
	}
}

/* Directories: listing takes r, going through x, changing w and x. */
static void try_directories(void)
{
	struct stat status;

	for (unsigned mode = 0; mode < 8; mode++) {
		char name[20], inner[30], other[30];

		snprintf(name, sizeof(name), "d%u", mode);
		snprintf(inner, sizeof(inner), "d%u/inner", mode);
		snprintf(other, sizeof(other), "d%u/other", mode);
		observe(text("dir_list_%u", mode), opens(name, O_RDONLY, 0));
		SAYS(text("dir_stat_%u", mode), SYS_stat, inner, &status);
		SAYS(text("dir_missing_%u", mode), SYS_stat, other, &status);
		SAYS(text("dir_chdir_%u", mode), SYS_chdir, name);
		chdir("..");
		observe(text("dir_create_%u", mode), opens(other, O_CREAT | O_WRONLY, 0600));
		SAYS(text("dir_mkdir_%u", mode), SYS_mkdir, inner, 0700);
		SAYS(text("dir_unlink_%u", mode), SYS_unlink, inner);
		SAYS(text("dir_unlink_missing_%u", mode), SYS_unlink, "d7/none");
	}
}

static void owner(void)
{
	who = "owner";
	become(1000, 1000);
	try_all();
}

static void group(void)
{
	who = "group";
	become(1001, 1000);
	try_all();
}

static void others(void)
{
	who = "others";
	become(1001, 1001);
	try_all();
	chdir("dirs");
	try_directories();
}

static void sticky(void)
{
	become(1001, 1001);
	SAYS("sticky_unlink", SYS_unlink, "sticky/theirs");
	SAYS("sticky_unlink_own", SYS_unlink, "sticky/own");
	SAYS("sticky_rename", SYS_rename, "sticky/theirs", "sticky/new");
	SAYS("sticky_rename_over", SYS_rename, "sticky/own2", "sticky/theirs");
	SAYS("sticky_rmdir", SYS_rmdir, "sticky/dir");
	observe("sticky_create", opens("sticky/fresh", O_CREAT | O_WRONLY, 0600));
	SAYS("hardlink_foreign", SYS_link, "m7file", "sticky/hard");
	SAYS("chmod_foreign", SYS_chmod, "m7file", 0600);
	SAYS("chown_own", SYS_chown, "sticky/fresh", 0, -1);
	SAYS("chgrp_foreign_group", SYS_chown, "sticky/fresh", -1, 0);
	SAYS("chgrp_same", SYS_chown, "sticky/fresh", -1, 1001);
	SAYS("mknod_device", SYS_mknod, "sticky/null", S_IFCHR | 0666, 0x103);
	SAYS("mknod_fifo", SYS_mknod, "sticky/fifo", S_IFIFO | 0666, 0);
	SAYS("chroot", SYS_chroot, "/");
	SAYS("mount", SYS_mount, "x", "sticky", "tmpfs", 0, 0);
	SAYS("umount", SYS_umount2, "/", 0);
}

static void files_make(void)
{
	char name[20];

	for (unsigned mode = 0; mode < 8; mode++) {
		snprintf(name, sizeof(name), "m%u", mode);
		file_make(name, "text");
		chown(name, 1000, 1000);
		chmod(name, mode << 6 | mode << 3 | mode);
		snprintf(name, sizeof(name), "dirs/d%u", mode);
		mkdir(name, 0755);
		snprintf(name, sizeof(name), "dirs/d%u/inner", mode);
		file_make(name, "");
		snprintf(name, sizeof(name), "dirs/d%u", mode);
		chmod(name, 0700 | mode);
	}
}

TEST
{
	scratch();
	mkdir("dirs", 0777);
	files_make();
	mkdir("sticky", 0777);
	chmod("sticky", 01777);
	file_make("sticky/theirs", "");
	file_make("sticky/own", "");
	file_make("sticky/own2", "");
	file_make("m7file", "");
	mkdir("sticky/dir", 0777);
	chown("sticky/own", 1001, 1001);
	chown("sticky/own2", 1001, 1001);
	observe_number("owner", in_child(owner));
	observe_number("group", in_child(group));
	observe_number("others", in_child(others));
	observe_number("sticky", in_child(sticky));
	who = "root";
	try_all();
	return 0;
}
