/* SPDX-License-Identifier: MIT */
/* pkeys.c - pkey_alloc(2) and its family on a processor without protection keys. */
#include "test.h"

#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)

TEST
{
	char *pages = map_pages(3, RW);

	observe("alloc", sys(SYS_pkey_alloc, 0, 0));
	observe("alloc_flags", sys(SYS_pkey_alloc, 1, 0));
	observe("alloc_rights", sys(SYS_pkey_alloc, 0, 4));
	observe("free_none", sys(SYS_pkey_free, 1));
	observe("free_default", sys(SYS_pkey_free, 0));
	observe("free_negative", sys(SYS_pkey_free, -1));
	observe("protect_key_0", sys(SYS_pkey_mprotect, pages, PAGE, RW, 0));
	observe("protect_key_1", sys(SYS_pkey_mprotect, pages, PAGE, RW, 1));
	observe("protect_key_99", sys(SYS_pkey_mprotect, pages, PAGE, RW, 99));
	observe("protect", sys(SYS_pkey_mprotect, pages, PAGE, PROT_NONE, -1));
	observe("protect_odd", sys(SYS_pkey_mprotect, pages + 1, PAGE, RW, -1));
	observe("protect_nothing", sys(SYS_pkey_mprotect, 0x1000, PAGE, RW, -1));
	observe("protect_length_0", sys(SYS_pkey_mprotect, pages, 0, RW, -1));
	observe("key_1_length_0", sys(SYS_pkey_mprotect, pages, 0, RW, 1));
	observe("key_1_nothing", sys(SYS_pkey_mprotect, 0x1000, PAGE, RW, 1));
	observe("key_1_end", sys(SYS_pkey_mprotect, pages, -PAGE, RW, 1));
	observe_text("protected", text("%d %d", (int)probe(pages), (int)probe(pages + PAGE)));
	return 0;
}
