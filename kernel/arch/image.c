/* SPDX-License-Identifier: MIT */
/*
 * image.c - the kernel's own pages get the rights that kernel.ld planned: code may be executed but
 * not written, constants only read, data written but not executed; the page below the boot stack
 * is absent, so that an overflow faults instead of overwriting.
 *
 * boot.S mapped the window with 2 MiB pages; here 4 KiB tables take their place.  Nothing outside
 * the image stays visible in the window.  Later page tables share these (they hang below the last
 * entry of the top level, which all address spaces have in common).
 *
 * The tables are static: they must exist before there is an allocator, and are part of what they
 * map. Only whole pages have rights, so kernel.ld aligns each part to a page. There is no way
 * back: from here on a write to code or constants is a fault, also through the direct map
 * (kernel_map.c).
 */
#include "arch/image.h"
#include "arch/msr.h"
#include "lib/assert.h"

#define ENTRY_PRESENT 0x1UL
#define ENTRY_WRITE   0x2UL
#define ENTRY_GLOBAL  0x100UL
#define ENTRY_NX      (1UL << 63)
#define LARGE_PAGE    0x200000UL
#define IMAGE_TABLES  8 /* 2 MiB each; kernel.ld asserts that it is enough */

extern uint64_t boot_image_directory[512]; /* boot.S */
extern char boot_stack_guard[];
extern char data_end[];

static uint64_t image_tables[IMAGE_TABLES][512] aligned(4096);

static uint64_t page_rights(uint64_t at)
{
	uint64_t nx = cpu_features.nx ? ENTRY_NX : 0;

	if (at < (uint64_t)text_end)
		return ENTRY_PRESENT;
	if (at < (uint64_t)rodata_end || at >= (uint64_t)data_end)
		return ENTRY_PRESENT | nx;
	if (at == (uint64_t)boot_stack_guard)
		return 0;
	return ENTRY_PRESENT | ENTRY_WRITE | nx;
}

static void map_image_page(uint64_t at)
{
	uint64_t offset = at - KERNEL_IMAGE, rights = page_rights(at);

	assert(offset / LARGE_PAGE < IMAGE_TABLES);
	if (rights)
		image_tables[offset / LARGE_PAGE][offset / PAGE_SIZE % 512] =
			offset | rights | (cpu_features.global_pages ? ENTRY_GLOBAL : 0);
}

void image_protect(void)
{
	uint64_t at;
	int i;

	for (at = (uint64_t)image_start; at < (uint64_t)image_end; at += PAGE_SIZE)
		map_image_page(at);
	for (i = 0; i < IMAGE_TABLES; i++)
		boot_image_directory[i] =
			physical_of(image_tables[i]) | ENTRY_PRESENT | ENTRY_WRITE;
	/* The image's entries were not global so far: one reload forgets the large pages. */
	tlb_flush_all();
}
