/* SPDX-License-Identifier: MIT */
/* chrooting.c - a new root: where `..` and absolute names end, and what is still reachable. */
#include "scratch.h"

#include <sys/mount.h>

static int outside;

static void jailed(void)
{
	struct stat root, up;
	char buffer[100];

	SAYS("chroot", SYS_chroot, "jail");
	SAYS("outside_cwd", SYS_getcwd, buffer, sizeof(buffer));
	observe("unreachable", strncmp(buffer, "(unreachable)", 13) == 0);
	SAYS("cwd_escapes", SYS_stat, "secret", &up);
	SAYS("chdir_root", SYS_chdir, "/");
	SAYS("root_cwd", SYS_getcwd, buffer, sizeof(buffer));
	observe_text("root_name", buffer);
	stat("/", &root);
	stat("/../..", &up);
	observe("up_stays", root.st_ino == up.st_ino && root.st_dev == up.st_dev);
	SAYS("absolute", SYS_stat, "/inner", &up);
	SAYS("absolute_link", SYS_stat, "/to_inner", &up);
	SAYS("absolute_secret", SYS_stat, "/secret", &up);
	SAYS("link_out", SYS_stat, "/to_secret", &up);
	SAYS("by_descriptor", SYS_newfstatat, outside, "secret", &up, 0);
}

/* "/" is the root, whatever is mounted over it; `..` there goes into that, as into all that covers
 * the directory where it arrives. */
static void covered(void)
{
	struct stat status;
	char buffer[100];

	SAYS("chroot_again", SYS_chroot, "jail");
	chdir("/");
	SAYS("cover", SYS_mount, "none", "/", "tmpfs", 0, 0);
	SAYS("root_below_cover", SYS_stat, "/inner", &status);
	SAYS("up_is_cover", SYS_stat, "/../inner", &status);
	SAYS("made_in_cover", SYS_mkdir, "/../made", 0700);
	SAYS("not_in_root", SYS_stat, "/made", &status);
	SAYS("relative_up", SYS_chdir, "..");
	SAYS("in_cover", SYS_stat, "made", &status);
	SAYS("up_of_cover", SYS_stat, "../../made", &status);
	SAYS("through_made", SYS_stat, "made/../made", &status);
	SAYS("cover_cwd", SYS_getcwd, buffer, sizeof(buffer));
	observe_text("cover_name", buffer);
	SAYS("root_again", SYS_chdir, "/");
	SAYS("cover_twice", SYS_mount, "none", "/", "tmpfs", 0, 0);
	SAYS("second_is_up", SYS_stat, "/../made", &status);
	SAYS("uncover_second", SYS_umount2, "/..", 0);
	SAYS("first_is_up", SYS_stat, "/../made", &status);
	SAYS("uncover_first", SYS_umount2, "/..", 0);
	SAYS("nothing_left", SYS_stat, "/../inner", &status);
}

TEST
{
	scratch();
	mkdir("jail", 0755);
	file_make("secret", "");
	file_make("jail/inner", "");
	symlink("/inner", "jail/to_inner");
	symlink("../secret", "jail/to_secret");
	outside = open(".", O_RDONLY);
	observe_number("child", in_child(jailed));
	observe_number("covered", in_child(covered));
	return 0;
}
