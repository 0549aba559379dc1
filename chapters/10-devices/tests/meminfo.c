/* SPDX-License-Identifier: MIT */
/* meminfo.c - /proc/meminfo: what of the kernel's own memory could be given back. */
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4000

static char all[4096];

static void look(void)
{
	int file = open("/proc/meminfo", O_RDONLY);
	long length = read(file, all, sizeof(all) - 1);

	close(file);
	all[length > 0 ? length : 0] = '\0';
}

static long figure(const char *name)
{
	const char *line = strstr(all, name);

	return line ? atol(line + strlen(name)) : -1;
}

static void overcommit(void)
{
	char line[8] = "";
	int file = open("/proc/sys/vm/overcommit_memory", O_RDONLY);

	read(file, line, 1);
	close(file);
	observe_text("overcommit_memory", line);
}

TEST
{
	long before, after;

	overcommit();

	mkdir("/tmp/meminfo", 0700);
	look();
	before = figure("SReclaimable:");
	for (int i = 0; i < FILES; i++)
		mknod(text("/tmp/meminfo/%d", i), S_IFREG | 0600, 0);
	look();
	after = figure("SReclaimable:");
	observe_number("reclaimable", before > 0);
	/* A name takes at least 128 bytes. */
	observe_number("names_are_reclaimable", after - before >= FILES * 128 / 1024);
	observe_number("slab_is_the_sum", figure("SReclaimable:") + figure("SUnreclaim:") == figure("Slab:"));
	observe_number("available_below_total", figure("MemAvailable:") > 0 &&
						       figure("MemAvailable:") < figure("MemTotal:"));
	for (int i = 0; i < FILES; i++)
		unlink(text("/tmp/meminfo/%d", i));
	rmdir("/tmp/meminfo");
	return 0;
}
