/* SPDX-License-Identifier: MIT */
/* lowest_address.c - nothing but root's can be mapped at the lowest 64 KiB; hints move above. */
#define _GNU_SOURCE
#include "test.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLAGS (MAP_PRIVATE | MAP_ANONYMOUS)

static const char *who;

/* Where it was mapped, when that was below 16 MiB; it goes away again. */
static void map(const char *name, unsigned long at, int flags)
{
	long result = sys(SYS_mmap, at, PAGE, PROT_READ, FLAGS | flags, -1, 0);

	observe(text("%s_%s", who, name), result < 0 || result < 0x1000000 ? result : 1);
	if (result >= 0)
		sys(SYS_munmap, result, PAGE);
}

static void test(void)
{
	char *p = mmap(NULL, PAGE, PROT_READ, FLAGS, -1, 0);

	map("null", 0, MAP_FIXED);
	map("second", PAGE, MAP_FIXED);
	map("last_below", 0xf000, MAP_FIXED);
	map("first", 0x10000, MAP_FIXED);
	map("no_replace", 0x8000, MAP_FIXED_NOREPLACE);
	map("misaligned", 0x8001, MAP_FIXED);
	map("hint_none", 0, 0);
	map("hint_1", 1, 0);
	map("hint_low", 0x8000, 0);
	map("hint_odd", 0x10001, 0);
	observe(text("%s_move", who),
		sys(SYS_mremap, p, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, 0x8000));
	observe(text("%s_unmap", who), sys(SYS_munmap, 0x8000, PAGE));
	map("grows_down", 0x10000, MAP_FIXED | MAP_GROWSDOWN);
}

TEST
{
	int pid;

	who = "root";
	test();
	pid = fork();
	if (pid == 0) {
		sys(SYS_setresuid, 1000, 1000, 1000);
		who = "user";
		test();
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return 0;
}
