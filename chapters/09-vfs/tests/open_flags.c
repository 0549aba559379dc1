/* SPDX-License-Identifier: MIT */
/* open_flags.c - what O_CREAT, O_EXCL, O_TRUNC, O_DIRECTORY and O_NOFOLLOW make of each kind of name. */
#include "scratch.h"

static const struct {
	const char *name;
	int flags;
} ways[] = {
	{ "read", O_RDONLY },
	{ "write", O_WRONLY },
	{ "create", O_WRONLY | O_CREAT },
	{ "exclusive", O_WRONLY | O_CREAT | O_EXCL },
	{ "truncate", O_WRONLY | O_TRUNC },
	{ "directory", O_RDONLY | O_DIRECTORY },
	{ "nofollow", O_RDONLY | O_NOFOLLOW },
	{ "nofollow_directory", O_RDONLY | O_NOFOLLOW | O_DIRECTORY },
	{ "create_nofollow", O_WRONLY | O_CREAT | O_NOFOLLOW },
	{ "path", O_PATH },
	{ "path_nofollow", O_PATH | O_NOFOLLOW },
	{ "read_truncate", O_RDONLY | O_TRUNC },
	{ "create_read", O_RDONLY | O_CREAT },
};

static const char *const names[] = {
	"file", "file/", "dir", "dir/", "dir/.", "dir/..", "link", "link/", "dirlink", "dirlink/",
	"dangling", "dangling/", "loop", "missing", "missing/", "missing/x", "file/x", ".", "/", "..",
};

static void make(void)
{
	file_make("file", "contents");
	mkdir("dir", 0755);
	symlink("file", "link");
	symlink("dir", "dirlink");
	symlink("target", "dangling");
	symlink("loop", "loop");
}

static void unmake(void)
{
	unlink("target");
	unlink("missing");
}

TEST
{
	struct stat status;

	scratch();
	make();
	for (unsigned way = 0; way < sizeof(ways) / sizeof(ways[0]); way++) {
		for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			observe(text("%s_%s", ways[way].name, names[i]),
				opens(names[i], ways[way].flags, 0644));
			unmake();
		}
	}
	stat("file", &status);
	observe_number("truncated", status.st_size);
	opens("dangling", O_CREAT | O_WRONLY, 0600);
	observe("made_through_link", lstat("target", &status));
	observe_hex("mode_through_link", status.st_mode);
	return 0;
}
