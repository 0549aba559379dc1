/* SPDX-License-Identifier: MIT */
/* attributes.c - chmod, chown, umask, set-id bits and when they go, groups that are inherited. */
#include "scratch.h"

static void mode_of(const char *key, const char *name)
{
	struct stat status;

	lstat(name, &status);
	observe_hex(key, status.st_mode);
}

static void owner_of(const char *key, const char *name)
{
	struct stat status;

	lstat(name, &status);
	observe_number(text("%s_uid", key), status.st_uid);
	observe_number(text("%s_gid", key), status.st_gid);
}

static void ordinary(void)
{
	int fd;

	become(1000, 1000);
	SAYS("own_chmod", SYS_chmod, "own", 06755);
	mode_of("own_mode", "own");
	fd = open("own", O_WRONLY);
	SAYS("write_strips", SYS_write, fd, "x", 1);
	mode_of("after_write", "own");
	chmod("own", 06755);
	SAYS("empty_write", SYS_write, fd, "", 0);
	mode_of("after_empty_write", "own");
	SAYS("truncate_strips", SYS_ftruncate, fd, 0);
	mode_of("after_truncate", "own");
	chmod("own", 06755);
	SAYS("own_chown", SYS_chown, "own", 1000, 1000);
	mode_of("after_chown", "own");
	SAYS("stranger_chown_nothing", SYS_chown, "strange", -1, -1);
	mode_of("stranger_strips_nothing", "strange");
	SAYS("stranger_chown_plain", SYS_chown, "file", -1, -1);
	SAYS("group_not_mine", SYS_chmod, "othergroup", 02755);
	mode_of("setgid_refused", "othergroup");
	file_make("setgid/file", "");
	mkdir("setgid/dir", 0755);
	owner_of("inherited", "setgid/file");
	mode_of("inherited_dir", "setgid/dir");
	open("setgid/execute", O_CREAT | O_WRONLY, 02775);
	mode_of("setgid_made", "setgid/execute");
	/* Whether the file would run is asked of what the program wants, not of what umask leaves. */
	umask(010);
	open("setgid/masked", O_CREAT | O_WRONLY, 02777);
	mode_of("setgid_masked", "setgid/masked");
	mknod("setgid/node", S_IFIFO | 02777, 0);
	mode_of("setgid_masked_node", "setgid/node");
	open("setgid/never", O_CREAT | O_WRONLY, 02767);
	mode_of("setgid_never_ran", "setgid/never");
}

static void masks(void)
{
	SAYS("umask_old", SYS_umask, 077);
	SAYS("umask_again", SYS_umask, 01777);
	SAYS("umask_cut", SYS_umask, 027);
	close(open("masked", O_CREAT | O_WRONLY, 0777));
	mode_of("masked_file", "masked");
	mkdir("maskeddir", 01777);
	mode_of("masked_dir", "maskeddir");
	mkdir("setuiddir", 06777);
	mode_of("setuid_dir", "setuiddir");
	mknod("maskednode", S_IFREG | 0666, 0);
	mode_of("masked_node", "maskednode");
	symlink("x", "maskedlink");
	mode_of("masked_link", "maskedlink");
	umask(022);
}

TEST
{
	int fd;

	scratch();
	chmod(".", 0777);
	file_make("file", "");
	SAYS("chmod", SYS_chmod, "file", 07777);
	mode_of("all_bits", "file");
	SAYS("chmod_more", SYS_chmod, "file", 0170644);
	mode_of("more_bits", "file");
	chmod("file", 06755);
	SAYS("root_write", SYS_write, open("file", O_WRONLY), "x", 1);
	mode_of("root_write_keeps", "file");
	SAYS("root_chown", SYS_chown, "file", 5, 6);
	owner_of("chowned", "file");
	mode_of("chown_strips", "file");
	chmod("file", 02644);
	SAYS("chown_nothing", SYS_chown, "file", -1, -1);
	owner_of("unchanged", "file");
	mode_of("setgid_without_x", "file");
	mkdir("dir", 0755);
	chmod("dir", 06755);
	SAYS("chown_dir", SYS_chown, "dir", 5, 6);
	mode_of("dir_keeps", "dir");
	symlink("file", "link");
	SAYS("lchown", SYS_lchown, "link", 7, 8);
	owner_of("link", "link");
	owner_of("not_target", "file");
	SAYS("chmod_link", SYS_chmod, "link", 0600);
	mode_of("through_link", "file");
	SAYS("chmod_missing", SYS_chmod, "missing", 0600);
	fd = open("file", O_RDONLY);
	SAYS("fchmod_read_only", SYS_fchmod, fd, 0640);
	SAYS("fchown", SYS_fchown, fd, 9, -1);
	owner_of("fchowned", "file");
	SAYS("fchmod_closed", SYS_fchmod, 99, 0640);
	masks();
	file_make("own", "text");
	chown("own", 1000, 1000);
	file_make("othergroup", "");
	chown("othergroup", 1000, 50);
	file_make("strange", "");
	chmod("strange", 04755);
	chmod("file", 0644);
	mkdir("setgid", 0777);
	chown("setgid", 0, 60);
	chmod("setgid", 02777);
	observe_number("child", in_child(ordinary));
	return 0;
}
