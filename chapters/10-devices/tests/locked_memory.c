/* SPDX-License-Identifier: MIT */
/* locked_memory.c - mlock and its family: what is counted, the limit, and what a lock forbids. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define RW (PROT_READ | PROT_WRITE)

/* Pages that count as locked. */
static long locked(void)
{
	static char status[4096]; /* nothing is allocated: that may be forbidden */
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t length = read(fd, status, sizeof(status) - 1);
	char *line;

	close(fd);
	status[length > 0 ? length : 0] = '\0';
	line = strstr(status, "VmLck:");
	return line ? atol(line + 6) / 4 : -1;
}

static char *pages(size_t count, int more)
{
	return mmap(NULL, count * PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS | more, -1, 0);
}

static void says(const char *name, long result)
{
	observe(name, result);
	observe(text("%s_locked", name), locked());
}

static void test_counts(void)
{
	char *p = pages(8, 0);
	unsigned char resident[8] = { 0 };
	int pid;

	says("nothing", 0);
	says("lock", sys(SYS_mlock, p + PAGE + 7, 2 * PAGE));
	mincore(p, 8 * PAGE, resident);
	observe_bytes("resident", resident, 8);
	says("lock_again", sys(SYS_mlock, p + PAGE, 3 * PAGE));
	says("lock_none", sys(SYS_mlock, p, 0));
	pid = fork();
	if (pid == 0) {
		says("child", 0);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	says("dontneed", sys(SYS_madvise, p, 8 * PAGE, MADV_DONTNEED));
	says("free", sys(SYS_madvise, p + PAGE, PAGE, MADV_FREE));
	says("dontneed_locked", sys(SYS_madvise, p, 8 * PAGE, 24));
	says("invalidate", sys(SYS_msync, p, 8 * PAGE, MS_INVALIDATE));
	says("unlock", sys(SYS_munlock, p + PAGE, PAGE));
	says("protect", sys(SYS_mprotect, p, 8 * PAGE, PROT_NONE));
	says("lock_no_access", sys(SYS_mlock, p + 6 * PAGE, PAGE));
	says("unmap", sys(SYS_munmap, p + 4 * PAGE, 2 * PAGE));
	says("gap", sys(SYS_mlock, p + 3 * PAGE, 4 * PAGE));
	says("unlock_gap", sys(SYS_munlock, p, 8 * PAGE));
	says("lock_unmapped", sys(SYS_mlock, p + 4 * PAGE, PAGE));
	says("unmap_all", sys(SYS_munmap, p, 8 * PAGE));
}

/* Which of the pages are there without having been touched. */
static const char *present(char *p, size_t count)
{
	static int number;
	unsigned char vector[16] = { 0 };

	observe(text("mincore_%d", ++number), sys(SYS_mincore, p, count * PAGE, vector));
	for (size_t i = 0; i < count; i++)
		vector[i] = '0' + (vector[i] & 1);
	vector[count] = '\0';
	return text("%s", (char *)vector);
}

/* What grows by mremap is as locked as it was. */
static void test_growth(void)
{
	char *p = pages(8, 0);

	munmap(p + 4 * PAGE, 4 * PAGE);
	sys(SYS_mlock, p, 2 * PAGE);
	munmap(p + 2 * PAGE, 2 * PAGE);
	observe("grow_in_place", mremap(p, 2 * PAGE, 4 * PAGE, 0) == p);
	observe_text("grown_in_place", present(p, 4));
	p = mremap(p, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p + 64 * PAGE);
	observe_text("grown_and_moved", present(p, 6));
	munmap(p, 6 * PAGE);
	p = pages(8, 0);
	munmap(p + 4 * PAGE, 4 * PAGE);
	munmap(p + 2 * PAGE, 2 * PAGE);
	mremap(p, 2 * PAGE, 4 * PAGE, 0);
	observe_text("grown_unlocked", present(p, 4));
	sys(SYS_mlock2, p, 4 * PAGE, 1);
	p = mremap(p, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, p + 64 * PAGE);
	observe_text("grown_on_fault", present(p, 6));
	sys(SYS_mlock, p, 6 * PAGE);
	p = mremap(p, 6 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);
	observe_text("grown_after_all", present(p, 8));
	munmap(p, 8 * PAGE);
}

/* With MCL_FUTURE a break that moves on has its pages at once. */
static void test_break(void)
{
	char *end = (char *)(((long)sbrk(0) + PAGE - 1) & -PAGE);

	sys(SYS_brk, end);
	sys(SYS_mlockall, MCL_FUTURE);
	sys(SYS_brk, end + 3 * PAGE + 1);
	observe_text("break_locked", present(end, 4));
	sys(SYS_munlockall);
	sys(SYS_brk, end);
	sys(SYS_brk, end + 2 * PAGE);
	observe_text("break_unlocked", present(end, 2));
	sys(SYS_brk, end);
}

static void test_maps(void)
{
	char *p = pages(4, MAP_LOCKED), *q;

	says("map", 0);
	q = mremap(p, 4 * PAGE, 6 * PAGE, MREMAP_MAYMOVE);
	says("grow", q != MAP_FAILED);
	q = mremap(q, 6 * PAGE, 2 * PAGE, 0);
	says("shrink", q != MAP_FAILED);
	munmap(q, 2 * PAGE);
	says("on_fault", sys(SYS_mlock2, q = pages(2, 0), 2 * PAGE, 1));
	says("flags", sys(SYS_mlock2, q, PAGE, 2));
	munmap(q, 2 * PAGE);
	says("all_nothing", sys(SYS_mlockall, 0));
	says("all_on_fault", sys(SYS_mlockall, 4));
	says("all_unknown", sys(SYS_mlockall, 8));
	says("future", sys(SYS_mlockall, MCL_FUTURE));
	p = pages(3, 0);
	says("future_map", 0);
	munmap(p, 3 * PAGE);
	observe("current", sys(SYS_mlockall, MCL_CURRENT));
	observe("some", locked() > 10);
	says("none", sys(SYS_munlockall));
}

static void limit(size_t most)
{
	setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ most * PAGE, most * PAGE });
}

static void test_limit(void)
{
	char *p = pages(16, 0), *q, *end = sbrk(0);

	limit(4);
	says("root", sys(SYS_mlock, p, 6 * PAGE));
	munlock(p, 16 * PAGE);
	sys(SYS_setresuid, 1000, 1000, 1000);
	says("below", sys(SYS_mlock, p, 3 * PAGE));
	says("at", sys(SYS_mlock, p, 4 * PAGE));
	says("above", sys(SYS_mlock, p + 4 * PAGE, PAGE));
	says("above_partly", sys(SYS_mlock, p + 2 * PAGE, 3 * PAGE));
	says("all", sys(SYS_mlockall, MCL_CURRENT));
	says("map_above", sys(SYS_mmap, 0, PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) < 0);
	observe("map_error", sys(SYS_mmap, 0, PAGE, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED,
				 -1, 0));
	munlock(p, PAGE);
	q = pages(1, MAP_LOCKED);
	says("map_at", q != MAP_FAILED);
	observe("grow_above", sys(SYS_mremap, q, PAGE, 2 * PAGE, MREMAP_MAYMOVE, 0));
	says("future_limited", sys(SYS_mlockall, MCL_FUTURE));
	observe("break", sbrk(64 * PAGE) == (void *)-1);
	observe("break_stays", sbrk(0) == end);
	munlockall();
	limit(0);
	says("forbidden", sys(SYS_mlock, p, PAGE));
	says("forbidden_none", sys(SYS_mlock, p, 0));
	says("forbidden_all", sys(SYS_mlockall, MCL_CURRENT));
	observe("forbidden_map", sys(SYS_mmap, 0, PAGE, RW,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0));
	says("unlock_allowed", sys(SYS_munlock, p, PAGE));
}

TEST
{
	mkdir("/proc", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	sbrk(PAGE);
	test_counts();
	test_maps();
	test_growth();
	test_break();
	test_limit();
	return 0;
}
