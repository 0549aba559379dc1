/* SPDX-License-Identifier: MIT */
/*
 * pie.c - a static position-independent program (ET_DYN without interpreter): it relocates itself,
 * and is told where its headers lie.
 */
#include "test.h"

#include <elf.h>
#include <string.h>
#include <sys/auxv.h>

static const char *const table[] = { "owl", "strix", "bubo" }; /* needs relocation */

extern const char __ehdr_start[]; /* the linker's: where the file's first byte lies */

TEST
{
	unsigned long base = (unsigned long)__ehdr_start;

	observe("not_at_0", base > 0x10000);
	observe("page_aligned", (long)(base % 4096));
	observe("interpreter", (long)getauxval(AT_BASE));
	observe("headers_behind_the_first_byte", (long)(getauxval(AT_PHDR) - base));
	observe("entry_is_inside", getauxval(AT_ENTRY) - base < 1 << 22);
	observe("relocated", strcmp(table[1], "strix") == 0);
	observe("position_independent", ((const Elf64_Ehdr *)base)->e_type == ET_DYN);
	return 0;
}
