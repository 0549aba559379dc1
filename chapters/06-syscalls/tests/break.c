/* SPDX-License-Identifier: MIT */
/*
 * break.c - brk: the data segment's end.  The raw call answers with the break, new or - when it
 * cannot be moved - old; it never fails with an errno.
 */
#include "test.h"

TEST
{
	long start = sys(SYS_brk, 0);
	char *byte = (char *)start;

	observe("asked_twice", sys(SYS_brk, 0) - start);
	observe("to_where_it_is", sys(SYS_brk, start) - start);
	observe("grown", sys(SYS_brk, start + 3 * 4096) - start);
	observe("fresh_is_zero", byte[0] | byte[8191] | byte[3 * 4096 - 1]);
	memset(byte, '\n', 3 * 4096);
	observe("unaligned", sys(SYS_brk, start + 5000) - start);
	observe("within_the_page", sys(SYS_brk, start + 5001) - start);
	observe("rest_of_the_page_stays", byte[5001] == '\n');
	observe("page_behind", probe(byte + 8192));
	observe("grown_again", sys(SYS_brk, start + 3 * 4096) - start);
	observe("fresh_again", byte[8192]);
	observe("not_below_the_start", sys(SYS_brk, start - 4096) - start);
	observe("not_to_one", sys(SYS_brk, 1) - start);
	observe("not_into_the_kernel", sys(SYS_brk, 0xffffffff80000000) - start);
	observe("not_beyond_everything", sys(SYS_brk, 0x7ffffffff000) - start);
	observe("still_there", sys(SYS_brk, 0) - start);
	observe("shrunk_to_nothing", sys(SYS_brk, start) - start);
	observe("gone", sys(SYS_write, REPORT, byte + 4096, 1));
	return 0;
}
