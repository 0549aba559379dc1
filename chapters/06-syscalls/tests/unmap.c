/* SPDX-License-Identifier: MIT */
/* unmap.c - munmap takes pages out, wherever areas begin and end. */
#include "test.h"

#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)

static void look(const char *name, char *area, int pages)
{
	char there[16];

	for (int i = 0; i < pages; i++)
		there[i] = probe(area + i * PAGE) == 1 ? '+' : '-';
	there[pages] = 0;
	observe_text(name, there);
}

TEST
{
	char *a = map_pages(8, RW);

	observe("middle", sys(SYS_munmap, a + 3 * PAGE, PAGE));
	look("middle_gone", a, 8);
	observe("over_the_hole", sys(SYS_munmap, a + 2 * PAGE, 3 * PAGE));
	look("wider_hole", a, 8);
	observe("first", sys(SYS_munmap, a, PAGE));
	observe("last_by_one_byte", sys(SYS_munmap, a + 7 * PAGE, 1));
	look("ends_gone", a, 8);
	observe("nothing_there", sys(SYS_munmap, a + 3 * PAGE, PAGE));
	observe("unaligned", sys(SYS_munmap, a + PAGE + 1, PAGE));
	observe("length_0", sys(SYS_munmap, a + PAGE, 0));
	observe("wraps", sys(SYS_munmap, a + PAGE, -PAGE));
	observe("kernel", sys(SYS_munmap, 0xffffffff80000000, PAGE));
	observe("into_the_kernel", sys(SYS_munmap, 0x7fffffffe000, 2 * PAGE));
	look("nothing_else_happened", a, 8);
	observe("all", sys(SYS_munmap, a, 8 * PAGE));
	look("all_gone", a, 8);
	return 0;
}
