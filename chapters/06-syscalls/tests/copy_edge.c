/* SPDX-License-Identifier: MIT */
/*
 * copy_edge.c - a copy to user memory that ends in the middle: what there is room for has been
 * written, to the last byte, wherever the border lies.  mincore(2) writes a byte a page.
 */
#include "test.h"

#include <sys/mman.h>

#define PAGES 64

/* How many bytes of mincore's answer arrive when there is room for `room`. */
static void try(char *pages, char *end, int room)
{
	int written = 0;

	memset(end - PAGE, '\n', PAGE);
	observe(text("room_%d", room), sys(SYS_mincore, pages, PAGES * PAGE, end - room));
	for (char *byte = end - PAGE; byte < end; byte++)
		written += *byte != '\n';
	observe(text("room_%d_written", room), written);
	observe(text("room_%d_before", room), end[-room - 1] == '\n');
}

TEST
{
	char *pages = map_pages(PAGES, PROT_READ | PROT_WRITE);
	char *end = (char *)map_pages(2, PROT_READ | PROT_WRITE) + PAGE;

	sys(SYS_munmap, end, PAGE);
	for (int room = 1; room <= 17; room += 4)
		try(pages, end, room);
	try(pages, end, 63);
	try(pages, end, 64);
	sys(SYS_mprotect, end - PAGE, PAGE, PROT_READ);
	observe("read_only", sys(SYS_mincore, pages, PAGES * PAGE, end - 64));
	observe("kernel", sys(SYS_mincore, pages, PAGE, 0xffffffff80100000));
	observe("up_to_the_kernel", sys(SYS_mincore, pages, 2 * PAGE, 0x7fffffffefff));
	return 0;
}
