/* SPDX-License-Identifier: MIT */
/*
 * archive_times.c - what comes from the boot archive has the archive's times, which are all 0:
 * directories too, though they were filled after they had been made.
 */
#include "test.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static void look(const char *path)
{
	struct stat status;

	observe_errno(text("%s", path), lstat(path, &status));
	observe(text("%s_modified", path), status.st_mtime);
	observe(text("%s_read", path), status.st_atime);
	observe(text("%s_changed_later", path), status.st_ctime > 0);
}

TEST
{
	struct stat before, after;

	look("kept");
	look("kept/inner");
	look("kept/inner/first");
	look("kept/inner/second");
	look("kept/third");
	/* a name that is made now moves it all the same */
	stat("kept", &before);
	mkdir("kept/made", 0755);
	stat("kept", &after);
	observe("moves", after.st_mtime > before.st_mtime);
	rmdir("kept/made");
	return 0;
}
