/* SPDX-License-Identifier: MIT */
/* first.c - process 1 of `make run CH=6`: the calls that this chapter builds, and what they say. */
#include "test.h"

#include <sys/mman.h>

static void say(const char *line)
{
	sys(SYS_write, 1, line, strlen(line));
	sys(SYS_write, 1, "\n", 1);
}

TEST
{
	long start = sys(SYS_brk, 0), end = sys(SYS_brk, start + 2 * PAGE);
	char *page = map_pages(1, PROT_READ | PROT_WRITE);

	say("Hello from ring 3: this line came by write().");
	say(text("brk() made the heap %d bytes longer.", (int)(end - start)));
	page[0] = '#';
	say(text("mmap() gave a page that can be written: %s", page[0] == '#' ? "yes" : "no"));
	say(text("munmap() of it: %d", (int)sys(SYS_munmap, page, PAGE)));
	say(text("write() from there, where nothing is now: %d", (int)sys(SYS_write, 1, page, 1)));
	say(text("a call that there is not: %d", (int)sys(9999)));
	return 0;
}
