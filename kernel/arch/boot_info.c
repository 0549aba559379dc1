/* SPDX-License-Identifier: MIT */
/*
 * boot_info.c - what the loader told us, in one form whichever loader it was.
 *
 * boot.S calls boot_info_fill() before kmain(), on the first page tables.  Everything that is kept
 * is copied out of the loader's memory, which is ordinary RAM for the frame allocator afterwards;
 * only the module stays where it is, and boot_info says where.
 *
 * Runs before anything is initialised, with interrupts off and one processor; nothing here may
 * fail loudly, since there is no console yet: what does not fit is left out, and kmain() finds
 * less.
 */
#include "arch/boot_info.h"
#include "lib/command_line.h"
#include "lib/string.h"

struct boot_info boot_info;

/* A copy of the root pointer structure, for loaders that hand over theirs in passing memory. */
static uint8_t rsdp_copy[36];

void boot_info_add_range(uint64_t start, uint64_t bytes, enum memory_kind kind)
{
	/* A range that wraps is cut at the end of the address space, not taken for an empty one. */
	uint64_t end = start + bytes < start ? ~0UL : start + bytes;

	if (bytes && boot_info.range_count < BOOT_RANGES_MAX)
		boot_info.ranges[boot_info.range_count++] =
			(struct memory_range){ .start = start, .end = end, .kind = kind };
}

/* ACPI 6.4, table 15.1; multiboot2 and PVH use the same numbers. */
enum memory_kind boot_info_kind(uint32_t firmware_type)
{
	static const enum memory_kind kinds[] = {
		[1] = MEMORY_USABLE, [2] = MEMORY_RESERVED, [3] = MEMORY_ACPI,
		[4] = MEMORY_ACPI_NVS, [5] = MEMORY_BAD,
	};

	if (firmware_type == 0 || firmware_type >= array_size(kinds))
		/* Unknown kinds are not ours to use: the same table wants them treated as
		 * reserved. */
		return MEMORY_RESERVED;
	return kinds[firmware_type];
}

void boot_info_keep_rsdp(const void *rsdp, size_t bytes)
{
	memcpy(rsdp_copy, rsdp, min(bytes, sizeof(rsdp_copy)));
	boot_info.rsdp = physical_of(rsdp_copy);
}

/* `magic` is what the loader left in %eax (or boot.S in its place), `information` its %ebx. */
void boot_info_fill(uint32_t magic, uint32_t information)
{
	const void *from = direct_map(information);

	if (magic == MULTIBOOT2_MAGIC)
		multiboot2_read(from);
	else if (magic == PVH_MAGIC)
		pvh_read(from);
	else
		boot_info.loader = "unknown";
}
