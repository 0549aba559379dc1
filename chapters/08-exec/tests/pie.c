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

TEST
{
	const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
	unsigned long here = (unsigned long)&test_main, base = 0;

	for (unsigned i = 0; i < getauxval(AT_PHNUM); i++)
		if (headers[i].p_type == PT_PHDR)
			base = (unsigned long)headers - headers[i].p_vaddr;
	observe("not_at_0", here > 0x10000);
	observe("has_interpreter", (long)getauxval(AT_BASE));
	observe("page_aligned", (long)(base % 4096));
	observe("relocated", strcmp(table[1], "strix") == 0);
	observe("entry_is_inside", getauxval(AT_ENTRY) - base < 1 << 20);
	return 0;
}
