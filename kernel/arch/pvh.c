/* SPDX-License-Identifier: MIT */
/*
 * pvh.c - reads Xen's hvm_start_info, which `qemu -kernel` also passes at the PVH entry point
 * (xen/include/public/arch-x86/hvm/start_info.h describes the layout).
 *
 * There is no list of tags: one struct, whose version says how much of it is there. A version 0
 * has no memory map, and then the machine has no usable RAM for us: the frame allocator says so.
 *
 * Like multiboot2_read() it runs at the very beginning and only copies.
 */
#include "arch/boot_info.h"
#include "lib/command_line.h"

struct pvh_start_info {
	uint32_t magic, version, flags, module_count;
	uint64_t modules, command_line, rsdp; /* physical addresses, 0: none */
	/* from version 1 on: */
	uint64_t memory_map;
	uint32_t memory_map_entries, reserved;
};
struct pvh_module {
	uint64_t start, bytes, command_line, reserved;
};
struct pvh_memory_entry {
	uint64_t start, bytes;
	uint32_t type, reserved;
};

static void read_memory_map(const struct pvh_start_info *info)
{
	const struct pvh_memory_entry *entry = direct_map(info->memory_map);
	uint32_t i;

	for (i = 0; i < info->memory_map_entries; i++, entry++)
		boot_info_add_range(entry->start, entry->bytes, boot_info_kind(entry->type));
}

void pvh_read(const void *information)
{
	const struct pvh_start_info *info = information;
	const struct pvh_module *module = direct_map(info->modules);

	boot_info.loader = "pvh";
	/* The pointer came from a register that a wrong loader may have left at anything. */
	if (info->magic != PVH_MAGIC)
		return;
	if (info->command_line)
		command_line_set(direct_map(info->command_line));
	if (info->module_count) {
		boot_info.module_start = module->start;
		boot_info.module_end = module->start + module->bytes;
	}
	boot_info.rsdp = info->rsdp;
	if (info->version >= 1 && info->memory_map)
		read_memory_map(info);
}
