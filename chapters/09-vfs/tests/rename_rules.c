/* SPDX-License-Identifier: MIT */
/* rename_rules.c - rename from each kind of name to each other. */
#include "scratch.h"

static const char *const names[] = {
	"file", "other", "hard", "empty", "full", "full/inner", "full/sub", "full/sub/x", "link", "dirlink",
	"missing", "missing/x", "file/", "empty/", "missing/", "dirlink/", ".", "..", "empty/.", "file/x",
};
#define COUNT (sizeof(names) / sizeof(names[0]))

static void tree_make(void)
{
	file_make("file", "file");
	file_make("other", "other");
	link("file", "hard");
	mkdir("empty", 0755);
	mkdir("full", 0755);
	mkdir("full/sub", 0755);
	file_make("full/inner", "inner");
	symlink("file", "link");
	symlink("full", "dirlink");
}

TEST
{
	for (unsigned from = 0; from < COUNT; from++) {
		for (unsigned to = 0; to < COUNT; to++) {
			scratch();
			tree_make();
			SAYS(text("%s_to_%s", names[from], names[to]), SYS_rename, names[from],
			     names[to]);
		}
	}
	return 0;
}
