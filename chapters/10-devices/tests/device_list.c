/* SPDX-License-Identifier: MIT */
/* device_list.c - /proc/devices: a line for each major number and driver, in order. */
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

/* Those that every Linux has. */
static const char *const common[] = { "mem", "/dev/vc/0", "tty", "ttyS", "/dev/tty", "/dev/console" };

static void observe_common(const char *line)
{
	const char *name = strrchr(line, ' ') + 1;

	for (unsigned i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (strlen(common[i]) == strlen(name) - 1 &&
		    memcmp(common[i], name, strlen(common[i])) == 0)
			observe_text(common[i], line);
}

TEST
{
	char line[128], before[128] = "";
	int major = 0, last = 0, doubled = 0, unordered = 0, blocks = 0;
	FILE *file;

	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	file = fopen("/proc/devices", "r");
	observe("opened", file != NULL);
	while (file && fgets(line, sizeof(line), file)) {
		if (strstr(line, "devices:"))
			observe_text("heading", line);
		else if (*line == '\n')
			observe("gap", blocks++);
		else if (!blocks && sscanf(line, "%d", &major) == 1) {
			observe_common(line);
			doubled += strcmp(line, before) == 0;
			unordered += major < last;
			last = major;
		}
		strcpy(before, line);
	}
	observe("doubled", doubled);
	observe("unordered", unordered);
	return 0;
}
