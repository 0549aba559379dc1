/* SPDX-License-Identifier: MIT */
/* read_copies.c - the kernel writes into pages that parent and child share until one writes. */
#include "scratch.h"

#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>

#define PAGES 8
static char *shared; /* PAGES private pages, filled with 'p' before the fork */

/* Which of the pages hold nothing but `byte`, a bit each. */
static long pages_of(char byte)
{
	long found = 0;

	for (int page = 0; page < PAGES; page++) {
		bool all = true;

		for (size_t i = 0; i < PAGE; i++)
			all &= shared[page * PAGE + i] == byte;
		found |= (long)all << page;
	}
	return found;
}

static void fill(const char *who)
{
	struct iovec two[2] = { { shared + 2 * PAGE, PAGE }, { shared + 3 * PAGE, PAGE } };
	int file = open("from", O_RDONLY);

	observe(text("%s_read", who), read(file, shared, PAGE));
	observe(text("%s_pread_across", who), pread(file, shared + PAGE + 100, PAGE, 0));
	observe(text("%s_readv", who), readv(file, two, 2));
	observe(text("%s_stat", who), stat("from", (struct stat *)(shared + 4 * PAGE)));
	observe(text("%s_getcwd", who), !getcwd(shared + 5 * PAGE, PAGE));
	observe(text("%s_readlink", who), readlink("link", shared + 6 * PAGE, PAGE));
}

static void child_fills(void)
{
	int status;

	memset(shared, 'p', PAGES * PAGE);
	if (fork() == 0) {
		fill("child");
		observe_hex("child_has", pages_of('f'));
		_exit(0);
	}
	wait(&status);
	observe_hex("parent_keeps", pages_of('p'));
}

/* What the child sees while the parent's kernel writes. */
static void child_watches(void)
{
	int status;

	memset(shared, 'p', PAGES * PAGE);
	if (fork() == 0) {
		int gate;

		while ((gate = open("gate", O_RDONLY)) < 0)
			sys(SYS_sched_yield);
		_exit(pages_of('p'));
	}
	fill("parent");
	observe_hex("parent_has", pages_of('f'));
	file_make("gate", "");
	wait(&status);
	observe_hex("child_keeps", WEXITSTATUS(status));
}

TEST
{
	int file;

	scratch();
	shared = map_pages(PAGES, PROT_READ | PROT_WRITE);
	file = open("from", O_CREAT | O_WRONLY, 0600);
	memset(shared, 'f', PAGES * PAGE);
	observe("made", write(file, shared, PAGES * PAGE));
	symlink("anywhere", "link");
	child_fills();
	child_watches();
	return 0;
}
