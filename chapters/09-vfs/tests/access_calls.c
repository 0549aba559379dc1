/* SPDX-License-Identifier: MIT */
/* access_calls.c - access(2) asks for the real user, faccessat2 with AT_EACCESS for the effective. */
#include "scratch.h"

static void effective_user(void)
{
	sys(SYS_setgroups, 0, 0);
	sys(SYS_setresgid, 0, 1000, 0);
	sys(SYS_setresuid, 0, 1000, 0);
	observe("effective_open", opens("secret", O_RDONLY, 0));
	SAYS("real_access", SYS_access, "secret", R_OK);
	SAYS("effective_access", SYS_faccessat2, AT_FDCWD, "secret", R_OK, AT_EACCESS);
	SAYS("real_access_at", SYS_faccessat, AT_FDCWD, "secret", R_OK);
	observe("still_effective", opens("secret", O_RDONLY, 0));
}

static void real_user(void)
{
	sys(SYS_setgroups, 0, 0);
	sys(SYS_setresgid, 1000, 0, 0);
	sys(SYS_setresuid, 1000, 0, 0);
	observe("root_open", opens("secret", O_RDONLY, 0));
	SAYS("user_access", SYS_access, "secret", R_OK);
	SAYS("user_exists", SYS_access, "secret", F_OK);
	SAYS("user_through", SYS_access, "locked/x", F_OK);
	SAYS("root_access", SYS_faccessat2, AT_FDCWD, "secret", R_OK, AT_EACCESS);
}

TEST
{
	int fd;

	scratch();
	file_make("secret", "");
	chmod("secret", 0600);
	file_make("plain", "");
	mkdir("locked", 0700);
	file_make("locked/x", "");
	symlink("missing", "dangling");
	SAYS("exists", SYS_access, "plain", F_OK);
	SAYS("missing", SYS_access, "missing", F_OK);
	SAYS("dangling", SYS_access, "dangling", F_OK);
	SAYS("dangling_itself", SYS_faccessat2, AT_FDCWD, "dangling", F_OK, AT_SYMLINK_NOFOLLOW);
	SAYS("root_execute", SYS_access, "plain", X_OK);
	chmod("plain", 0001);
	SAYS("root_execute_one", SYS_access, "plain", X_OK);
	SAYS("root_write", SYS_access, "plain", W_OK);
	SAYS("bad_mode", SYS_access, "plain", 8);
	SAYS("bad_flags", SYS_faccessat2, AT_FDCWD, "plain", F_OK, 1);
	SAYS("negative_mode", SYS_access, "plain", -1);
	SAYS("directory", SYS_access, "locked", R_OK | W_OK | X_OK);
	SAYS("trailing", SYS_access, "plain/", F_OK);
	fd = open("plain", O_RDONLY);
	SAYS("empty", SYS_faccessat2, fd, "", R_OK, AT_EMPTY_PATH);
	SAYS("empty_refused", SYS_faccessat2, fd, "", R_OK, 0);
	observe_number("child1", in_child(effective_user));
	observe_number("child2", in_child(real_user));
	return 0;
}
