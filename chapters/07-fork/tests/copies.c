/* SPDX-License-Identifier: MIT */
/*
 * copies.c - pages that parent and child still share are moved, protected, thrown away, read before
 * they are written, and written by the kernel: who changes one changes his own copy, no other.
 */
#include "test.h"

#include <linux/mman.h>
#include <linux/time.h>
#include <linux/wait.h>

#define PAGES 8

/* Page i of an area holds the number from + i, at its begin. */
static volatile int *filled(int from)
{
	volatile int *area = (volatile int *)sys(SYS_mmap, 0, PAGES * PAGE, PROT_READ | PROT_WRITE,
						 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	for (int i = 0; i < PAGES; i++)
		area[i * 1024] = from + i;
	return area;
}

/* How many pages from `first` on hold what filled() put there. */
static int unchanged(volatile int *area, int from, int first, int count)
{
	int good = 0;

	for (int i = first; i < first + count; i++)
		good += area[(i - first) * 1024] == from + i;
	return good;
}

static int end_of(long child)
{
	int status = -1;

	sys(SYS_wait4, child, &status, 0, 0);
	return status;
}

/* The child moves two pages away and writes there; the parent moves others. */
static void moved(void)
{
	volatile int *area = filled(100);
	long child = sys(SYS_fork);
	volatile int *to;

	if (child == 0) {
		to = (volatile int *)sys(SYS_mremap, area, 2 * PAGE, 4 * PAGE, MREMAP_MAYMOVE);
		observe("child_moved", unchanged(to, 100, 0, 2));
		observe("child_moved_beyond", to[3 * 1024]);
		to[0] = to[3 * 1024] = 1;
		observe("child_moved_written", to[0]);
		sys(SYS_exit, unchanged(area + 2 * 1024, 100, 2, PAGES - 2));
	}
	observe("child_rest", end_of(child) >> 8);
	observe("parent_after_childs_move", unchanged(area, 100, 0, PAGES));
	child = sys(SYS_fork);
	if (child == 0) {
		sys(SYS_wait4, -1, 0, 0, 0);
		sys(SYS_sched_yield);
		sys(SYS_exit, unchanged(area, 100, 0, PAGES));
	}
	to = (volatile int *)sys(SYS_mremap, area + 4 * 1024, 4 * PAGE, 5 * PAGE, MREMAP_MAYMOVE);
	to[0] = 2;
	observe("child_after_parents_move", end_of(child) >> 8);
	observe("parent_moved", unchanged(to, 104, 0, 4));
	observe("parent_stayed", unchanged(area, 100, 0, 4));
}

/* Rights are the area's, whether the page is shared or not. */
static void protected(void)
{
	volatile int *area = filled(200);
	long child;

	sys(SYS_mprotect, area, PAGE, PROT_NONE);
	sys(SYS_mprotect, area + 1024, PAGE, PROT_READ);
	child = sys(SYS_fork);
	if (child == 0) {
		sys(SYS_mprotect, area, 2 * PAGE, PROT_READ | PROT_WRITE);
		observe("opened", unchanged(area, 200, 0, 2));
		area[0] = area[1024] = 3;
		observe("opened_written", area[0] + area[1024]);
		sys(SYS_exit, 0);
	}
	end_of(child);
	observe("closed", probe((void *)area));
	sys(SYS_mprotect, area, PAGE, PROT_READ);
	observe("parent_after_childs_writes", unchanged(area, 200, 0, PAGES));

	child = sys(SYS_fork); /* read-only since before: this write is not copied, it is refused */
	if (child == 0) {
		area[0] = 4;
		sys(SYS_exit, 0);
	}
	observe("written_read_only", end_of(child));

	child = sys(SYS_fork); /* read-only only since the fork */
	if (child == 0) {
		sys(SYS_mprotect, area + 2048, PAGE, PROT_READ);
		area[2048] = 5;
		sys(SYS_exit, 0);
	}
	observe("written_protected_later", end_of(child));
	area[2048] = 202;
	child = sys(SYS_fork); /* closed and opened again: still shared */
	if (child == 0) {
		sys(SYS_mprotect, area + 2048, PAGE, PROT_NONE);
		sys(SYS_mprotect, area + 2048, PAGE, PROT_READ | PROT_WRITE);
		area[2048] = 6;
		sys(SYS_exit, area[2048]);
	}
	observe("closed_and_opened", end_of(child) >> 8);
	observe("parent_at_last", unchanged(area, 200, 0, PAGES));
}

static void thrown_away(void)
{
	volatile int *area = filled(300);
	volatile int *ours = (volatile int *)sys(SYS_mmap, 0, 2 * PAGE, PROT_READ | PROT_WRITE,
						 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long child;

	ours[0] = 7;
	child = sys(SYS_fork);
	if (child == 0) {
		sys(SYS_madvise, area, 2 * PAGE, MADV_DONTNEED);
		sys(SYS_madvise, ours, 2 * PAGE, MADV_DONTNEED);
		observe("child_private_gone", area[0] + area[1024]);
		observe("child_shared_stays", ours[0]);
		area[0] = 8;
		ours[0] = 9;
		ours[1024] = 10; /* untouched before the fork */
		sys(SYS_exit, 0);
	}
	end_of(child);
	observe("parent_private_stays", unchanged(area, 300, 0, PAGES));
	observe("parent_shared_0", ours[0]);
	observe("parent_shared_1", ours[1024]);
	sys(SYS_madvise, area, PAGE, MADV_DONTNEED);
	observe("parent_private_gone", area[0]);
}

/* Leaves frames behind that hold anything but zeros. */
static void leave_dirt(void)
{
	char *area = (char *)map_pages(PAGES, PROT_READ | PROT_WRITE);

	memset(area, 0xa5, PAGES * PAGE);
	sys(SYS_munmap, area, PAGES * PAGE);
}

static long sum_of_page(volatile int *page)
{
	long sum = 0;

	for (int i = 0; i < 1024; i++)
		sum += page[i];
	return sum;
}

/* Read first: the page of zeros, which is everyone's; then written. */
static void zeros(void)
{
	volatile int *area = (volatile int *)map_pages(PAGES, PROT_NONE);
	long child;

	sys(SYS_mprotect, area, PAGES * PAGE, PROT_READ | PROT_WRITE);
	observe("read_first", area[0] + area[1024] + area[2048]);
	leave_dirt();
	area[0] = 11;
	observe("written_then", sum_of_page(area));
	observe("others_still_zero", area[1024] + area[1] + area[2048]);
	child = sys(SYS_fork);
	if (child == 0) {
		area[1024] = 12;
		observe("child_zero_written", area[1024]);
		observe("child_other_zero", area[2048]);
		sys(SYS_exit, 0);
	}
	end_of(child);
	observe("parent_zero", area[1024]);
	observe("fresh_zero", *(volatile int *)map_pages(1, PROT_READ));
}

/* The kernel writes: a status, a time, the number of a child. */
static void by_the_kernel(void)
{
	volatile int *area = filled(400);
	long child = sys(SYS_fork), grandchild;

	if (child == 0) {
		grandchild = sys(SYS_fork);
		if (grandchild == 0)
			sys(SYS_exit, 5);
		observe("wait_into_copy", sys(SYS_wait4, grandchild, area, 0, 0) == grandchild);
		observe_hex("status_in_copy", (unsigned)area[0]);
		observe("clock_into_copy", sys(SYS_clock_gettime, 1, area + 1024));
		observe("clock_in_copy", area[1024] != 401);
		grandchild = sys(SYS_clone, 0x00100000 | 17, 0, area + 2048); /* PARENT_SETTID */
		if (grandchild == 0)
			sys(SYS_exit, area[2048] == 402 ? 6 : 7);
		observe("number_in_copy", area[2048] == (int)grandchild);
		observe("number_in_the_childs", end_of(grandchild) >> 8);
		sys(SYS_mprotect, area + 3072, PAGE, PROT_READ);
		observe("clock_into_read_only", sys(SYS_clock_gettime, 1, area + 3072));
		sys(SYS_exit, 0);
	}
	end_of(child);
	observe("parent_after_kernels_writes", unchanged(area, 400, 0, PAGES));
}

TEST
{
	moved();
	protected();
	thrown_away();
	zeros();
	by_the_kernel();
	return 0;
}
