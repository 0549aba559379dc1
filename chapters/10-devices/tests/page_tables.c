/* SPDX-License-Identifier: MIT */
/* page_tables.c - VmPTE of /proc/PID/status: the tables that a program's memory needs, by how they
 * become more and fewer. */
#include "../../09-vfs/tests/scratch.h"

#define TABLE 0x200000UL /* what a table of the lowest level maps */

static char *region;

/* In KiB. */
static long tables(void)
{
	static char line[200];
	FILE *status = fopen("/proc/self/status", "r");
	long found = -1;

	while (fgets(line, sizeof(line), status))
		if (sscanf(line, "VmPTE: %ld", &found) == 1)
			break;
	fclose(status);
	return found;
}

static long since(long before)
{
	return tables() - before;
}

static void touch(long table, long page)
{
	region[table * TABLE + page * PAGE] = 1;
}

TEST
{
	long before = tables();

	observe("some", before > 0);
	/* 1 GiB alone in its table of the second level, and a neighbour on each side */
	region = mmap((void *)0x100000000000, 3UL << 30, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	madvise(region, 3UL << 30, MADV_NOHUGEPAGE);
	observe("mapped", since(before));
	touch(0, 0);
	observe("first_page", since(before));
	touch(0, 511);
	observe("same_table", since(before));
	touch(1, 0);
	observe("next_table", since(before));
	touch(512, 0);
	observe("next_directory", since(before));
	if (fork() == 0) {
		observe("inherited", since(before));
		_exit(0);
	}
	wait(NULL);
	madvise(region, TABLE, MADV_DONTNEED);
	observe("pages_given_back", since(before));
	munmap(region + TABLE, TABLE);
	observe("hole", since(before));
	munmap(region, 3UL << 30);
	observe("unmapped", since(before));
	return 0;
}
