/* SPDX-License-Identifier: MIT */
/* chrooting.c - a new root: where `..` and absolute names end, and what is still reachable. */
#include "scratch.h"

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
	return 0;
}
