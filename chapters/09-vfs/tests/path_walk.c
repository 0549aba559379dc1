/* SPDX-License-Identifier: MIT */
/* path_walk.c - how names are resolved: dots, slashes, lengths, links, and what stops the walk. */
#include "scratch.h"

static void look(const char *name)
{
	struct stat status;

	SAYS(text("stat_%s", name), SYS_stat, name, &status);
	SAYS(text("lstat_%s", name), SYS_lstat, name, &status);
}

static void chain_make(int length)
{
	char name[32], to[32] = "file";

	for (int i = 1; i <= length; i++) {
		snprintf(name, sizeof(name), "chain%d", i);
		symlink(to, name);
		strcpy(to, name);
	}
}

static void long_names(void)
{
	char name[5000];
	struct stat status;

	memset(name, 'n', sizeof(name));
	name[255] = '\0';
	SAYS("name_255", SYS_mkdir, name, 0755);
	SAYS("name_255_stat", SYS_stat, name, &status);
	name[255] = 'n';
	name[256] = '\0';
	SAYS("name_256", SYS_mkdir, name, 0755);
	SAYS("name_256_open", SYS_open, name, O_RDONLY);
	memcpy(name, "file/", 5);
	memset(name + 5, 'n', 256);
	name[5 + 256] = '\0';
	SAYS("name_256_below_file", SYS_stat, name, &status);
	for (int i = 0; i < 4998; i += 2)
		memcpy(name + i, "./", 2);
	name[4095] = '\0';
	SAYS("path_4095", SYS_stat, name, &status);
	name[4095] = '/';
	name[4096] = '\0';
	SAYS("path_4096", SYS_stat, name, &status);
}

TEST
{
	static const char *const names[] = {
		"", ".", "..", "/", "//", "///dev", "./dir", "dir/", "dir//", "dir/./.", "dir/../dir",
		"dir/../../", "/..", "/../dev", "file/", "file/.", "file/..", "dir/missing",
		"missing/..", "dirlink", "dirlink/", "dirlink/..", "link/", "link/.", "dangling/",
		"loop/", "dirlink/inner", "up/file", "absolute", "absolute/dir", "self/self/self/file",
		"closed/x", "...", "dir/...",
		"rootlink", "rootlink/", "rootlink/dev", "rootlink/..",
	};
	char here[200];

	scratch();
	file_make("file", "");
	mkdir("dir", 0755);
	file_make("dir/inner", "");
	symlink("file", "link");
	symlink("dir", "dirlink");
	symlink("nothing", "dangling");
	symlink("loop", "loop");
	symlink("..", "dir/up");
	symlink("dir/up", "up");
	symlink(".", "self");
	symlink("/", "rootlink");
	symlink(getcwd(here, sizeof(here)), "absolute");
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		look(names[i]);
	chain_make(41);
	look("chain39");
	look("chain40");
	look("chain41");
	SAYS("null", SYS_stat, 0, here);
	SAYS("bad_buffer", SYS_stat, "file", 8);
	SAYS("bad_name", SYS_stat, -4096L, here);
	long_names();
	return 0;
}
