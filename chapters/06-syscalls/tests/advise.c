/* SPDX-License-Identifier: MIT */
/* advise.c - madvise(MADV_DONTNEED) on anonymous memory: at once zeros, and still mapped. */
#include "test.h"

#include <sys/mman.h>

TEST
{
	char *a = map_pages(4, PROT_READ | PROT_WRITE);

	observe("dontneed", sys(SYS_madvise, a + PAGE, PAGE, MADV_DONTNEED));
	observe("zero", a[PAGE] | a[2 * PAGE - 1]);
	observe("neighbours", a[PAGE - 1] == '\n' && a[2 * PAGE] == '\n');
	a[PAGE] = 'x';
	observe("usable", a[PAGE]);
	observe("willneed", sys(SYS_madvise, a, PAGE, MADV_WILLNEED));
	observe("contents_stay", a[0] == '\n');
	observe("length_0", sys(SYS_madvise, a, 0, MADV_DONTNEED));
	observe("unaligned", sys(SYS_madvise, a + 1, PAGE, MADV_DONTNEED));
	observe("unknown", sys(SYS_madvise, a, PAGE, 12345));
	observe("wraps", sys(SYS_madvise, a, -PAGE, MADV_DONTNEED));
	sys(SYS_munmap, a + 2 * PAGE, PAGE);
	observe("with_a_hole", sys(SYS_madvise, a, 4 * PAGE, MADV_DONTNEED));
	observe("done_before_the_hole", a[0]);
	observe("and_behind_it", a[3 * PAGE]);
	return 0;
}
