/* SPDX-License-Identifier: MIT */
/* auxiliary.c - the auxiliary vector: what a C library asks of the kernel before it asks anything. */
#include "test.h"

#include <elf.h>
#include <string.h>
#include <sys/auxv.h>

extern char _start[];

static int has(unsigned long type)
{
	char **end = test_envp;
	Elf64_auxv_t *entry;

	while (*end)
		end++;
	for (entry = (Elf64_auxv_t *)(end + 1); entry->a_type != AT_NULL; entry++)
		if (entry->a_type == type)
			return 1;
	return 0;
}

TEST
{
	const Elf64_Phdr *headers = (const Elf64_Phdr *)getauxval(AT_PHDR);
	const char *random = (const char *)getauxval(AT_RANDOM);
	char zero[16] = { 0 };
	int loads = 0;

	for (unsigned i = 0; i < getauxval(AT_PHNUM); i++)
		loads += headers[i].p_type == PT_LOAD;
	observe("page_size", (long)getauxval(AT_PAGESZ));
	observe("header_size", (long)getauxval(AT_PHENT));
	observe("headers_are_headers", loads >= 1 && loads < 10);
	observe("entry", getauxval(AT_ENTRY) == (unsigned long)_start);
	observe("base", (long)getauxval(AT_BASE));
	observe("flags", (long)getauxval(AT_FLAGS));
	observe("has_secure", has(AT_SECURE));
	observe("secure", (long)getauxval(AT_SECURE));
	observe("clock_ticks", (long)getauxval(AT_CLKTCK));
	observe("uid", (long)(getauxval(AT_UID) | getauxval(AT_EUID)));
	observe("gid", (long)(getauxval(AT_GID) | getauxval(AT_EGID)));
	observe("has_uids", has(AT_UID) && has(AT_EUID) && has(AT_GID) && has(AT_EGID));
	observe("has_hardware", has(AT_HWCAP) && getauxval(AT_HWCAP) & 1); /* an FPU */
	observe("platform", strcmp((const char *)getauxval(AT_PLATFORM), "x86_64"));
	observe("executed_by", strcmp(self(), "nothing") != 0 && self()[0] == '/');
	observe("random", random && memcmp(random, zero, 16) != 0);
	return 0;
}
