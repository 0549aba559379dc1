/* SPDX-License-Identifier: MIT */
/* protect.c - mprotect: rights change, contents stay; errors leave what comes behind them alone. */
#include "test.h"

#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)

TEST
{
	char *a = map_pages(4, RW);
	char *code = map_pages(1, RW);

	observe("read_only", sys(SYS_mprotect, a, PAGE, PROT_READ));
	observe("still_readable", probe(a));
	observe("none", sys(SYS_mprotect, a + PAGE, 1, PROT_NONE));
	observe("not_readable", probe(a + PAGE));
	observe("neighbour", probe(a + 2 * PAGE));
	observe("back", sys(SYS_mprotect, a, 2 * PAGE, RW));
	a[0] = 'x';
	observe("contents", a[PAGE] == '\n' && a[0] == 'x');
	observe("unaligned", sys(SYS_mprotect, a + 1, PAGE, RW));
	observe("length_0", sys(SYS_mprotect, a, 0, RW));
	observe("unknown_rights", sys(SYS_mprotect, a, PAGE, 0x100));
	sys(SYS_munmap, a + 2 * PAGE, PAGE);
	observe("with_a_hole", sys(SYS_mprotect, a, 4 * PAGE, PROT_NONE));
	observe("before_the_hole", probe(a + PAGE));
	observe("behind_the_hole", probe(a + 3 * PAGE));
	observe("unmapped", sys(SYS_mprotect, a + 2 * PAGE, PAGE, RW));
	observe("kernel", sys(SYS_mprotect, 0xffffffff80000000, PAGE, RW));
	observe("wraps", sys(SYS_mprotect, a, -PAGE, RW));
	code[0] = (char)0xc3; /* ret */
	observe("executable", sys(SYS_mprotect, code, PAGE, PROT_READ | PROT_EXEC));
	((void (*)(void))(uintptr_t)code)();
	observe("executed", 1);
	return 0;
}
