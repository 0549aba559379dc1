/* SPDX-License-Identifier: MIT */
/* peak_memory.c - ru_maxrss: the most memory at one time, of oneself and of the largest child. */
#include "test.h"

struct usage { long times[4], peak, rest[13]; };

#define SELF 0
#define CHILDREN (-1)
#define MEGABYTES(n) ((n) << 20)

static long peak(int who)
{
	struct usage usage;

	sys(SYS_getrusage, who, &usage);
	return usage.peak;
}

/* Rounded to MiB: Linux counts in lots of up to 64 pages, and page tables are not counted. */
static void observe_growth(const char *key, long now, long before)
{
	observe(key, (now - before + 512) / 1024);
}

static void touch(unsigned megabytes)
{
	unsigned long bytes = MEGABYTES((unsigned long)megabytes);
	char *memory = map_pages(bytes / PAGE, 3 /* PROT_READ | PROT_WRITE */);

	for (unsigned long i = 0; i < bytes; i += PAGE)
		memory[i] = 1;
	sys(SYS_munmap, memory, bytes);
}

static long child(unsigned megabytes, unsigned grandchild)
{
	struct usage waited = { 0 };
	long pid = sys(SYS_fork);

	if (pid == 0) {
		if (megabytes)
			touch(megabytes);
		if (grandchild)
			child(grandchild, 0);
		sys(SYS_exit, 0);
	}
	sys(SYS_wait4, pid, 0, 0, &waited);
	return waited.peak;
}

static void measure(void)
{
	long start = peak(SELF);

	observe("no_children", peak(CHILDREN));
	touch(8);
	observe_growth("self", peak(SELF), start);
	touch(2);
	observe_growth("self_less", peak(SELF), start);
	observe_growth("child", child(16, 0), start);
	observe_growth("children", peak(CHILDREN), start);
	observe_growth("smaller_child", child(4, 0), start);
	observe_growth("children_largest", peak(CHILDREN), start);
	observe_growth("grandchild", child(1, 24), start);
	observe_growth("children_grandchild", peak(CHILDREN), start);
	observe_growth("self_as_before", peak(SELF), start);
}

/* In a fresh process: the peak of this one may be that of the program which ran it, since it
 * outlives exec. */
TEST
{
	long pid = sys(SYS_fork);

	if (pid == 0) {
		measure();
		sys(SYS_exit, 0);
	}
	sys(SYS_wait4, pid, 0, 0, 0);
	return 0;
}
