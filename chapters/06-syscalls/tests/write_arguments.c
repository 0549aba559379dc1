/* SPDX-License-Identifier: MIT */
/* write_arguments.c - write(2) takes nothing on trust: descriptor, pointer, count. */
#include "test.h"

#include <sys/mman.h>

#define LAST 0x7fffffffe000UL /* the last page of user space */

/* Longer than any buffer that a kernel would copy through at once, and nowhere the same. */
static long write_long_line(void)
{
	static char line[1500] = "long=";

	for (unsigned i = 5; i < sizeof(line) - 1; i++)
		line[i] = (char)('a' + i / 26 % 26 + (i % 7 == 0) * ('A' - 'a'));
	line[sizeof(line) - 1] = '\n';
	return sys(SYS_write, REPORT, line, sizeof(line));
}

TEST
{
	char *page = map_pages(2, PROT_READ | PROT_WRITE);

	sys(SYS_munmap, page + PAGE, PAGE);
	observe("one", sys(SYS_write, REPORT, "\n", 1));
	observe("output", sys(SYS_write, 1, "\n", 1));
	observe("errors", sys(SYS_write, 2, "\n", 1));
	observe("long_line", write_long_line());
	observe("nothing", sys(SYS_write, REPORT, "x", 0));
	observe("nothing_from_null", sys(SYS_write, REPORT, 0, 0));
	observe("next", sys(SYS_write, REPORT + 1, "x", 1));
	observe("closed", sys(SYS_write, 77, "x", 1));
	observe("negative", sys(SYS_write, -1, "x", 1));
	observe("largest", sys(SYS_write, 0x7fffffff, "x", 1));
	observe("closed_comes_before_null", sys(SYS_write, 77, 0, 1));
	observe("null", sys(SYS_write, REPORT, 0, 1));
	observe("hundred_from_null", sys(SYS_write, REPORT, 0, 100));
	observe("unmapped", sys(SYS_write, REPORT, page + PAGE, 1));
	observe("unmapped_hundred", sys(SYS_write, REPORT, page + PAGE, 100));
	observe("kernel_image", sys(SYS_write, REPORT, 0xffffffff80100000, 1));
	observe("direct_map", sys(SYS_write, REPORT, 0xffff888000000000, 1));
	observe("non_canonical", sys(SYS_write, REPORT, 0x8000000000000000, 1));
	observe("end_of_user_space", sys(SYS_write, REPORT, 0x7ffffffff000, 1));
	observe("up_to_the_kernel", sys(SYS_write, REPORT, 0x7fffffffefff, 2));
	observe("wraps_around", sys(SYS_write, REPORT, page, -(long)page + 10));
	observe("count_minus_one", sys(SYS_write, REPORT, page, -1));
	observe("last_byte_of_a_page", sys(SYS_write, REPORT, page + PAGE - 1, 1));
	sys(SYS_mmap, LAST, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	observe("last_byte_of_user_space", sys(SYS_write, REPORT, LAST + PAGE - 1, 1));
	return 0;
}
