/* SPDX-License-Identifier: MIT */
/*
 * multiboot2.c - reads what GRUB hands over: a size, then tags of (type, size, contents), each on
 * an 8-byte boundary, ended by type 0 (Multiboot2 specification 2.0, section 3.6).
 *
 * The list is the loader's word; a tag that claims to reach past the list ends the reading.
 *
 * Used: the command line, the first module, the memory map and the ACPI root pointer. Unknown tags
 * are skipped by their size, so newer loaders may say more. Tags lie in ordinary RAM, reached
 * through the direct map that boot.S made of the first 4 GiB.
 */
#include "arch/boot_info.h"
#include "lib/command_line.h"

enum { TAG_END = 0, TAG_COMMAND_LINE = 1, TAG_MODULE = 3, TAG_MEMORY_MAP = 6,
       TAG_ACPI_1 = 14, TAG_ACPI_2 = 15 };

struct multiboot2_information {
	uint32_t total_size, reserved;
};
struct multiboot2_tag {
	uint32_t type, size; /* the size includes these eight bytes */
	uint8_t content[];
};
struct multiboot2_module {
	uint32_t start, end;
	char command_line[];
};
struct multiboot2_memory_map {
	uint32_t entry_size, entry_version;
	uint8_t entries[];
};
struct multiboot2_memory_entry {
	uint64_t start, bytes;
	uint32_t type, zero;
};

static void read_memory_map(const struct multiboot2_tag *tag)
{
	const struct multiboot2_memory_map *map = (const void *)tag->content;
	const uint8_t *end = (const uint8_t *)tag + tag->size;
	const uint8_t *at = map->entries;

	/* Entries may be longer than what we know (3.6.8), never shorter. */
	if (map->entry_size < sizeof(struct multiboot2_memory_entry))
		return;
	for (; at + map->entry_size <= end; at += map->entry_size) {
		const struct multiboot2_memory_entry *entry = (const void *)at;

		boot_info_add_range(entry->start, entry->bytes, boot_info_kind(entry->type));
	}
}

static void read_module(const struct multiboot2_tag *tag)
{
	const struct multiboot2_module *module = (const void *)tag->content;

	if (boot_info.module_end) /* one module; others are not protected and not used */
		return;
	boot_info.module_start = module->start;
	boot_info.module_end = module->end;
}

static void read_tag(const struct multiboot2_tag *tag)
{
	switch (tag->type) {
	case TAG_COMMAND_LINE:
		command_line_set((const char *)tag->content);
		break;
	case TAG_MODULE:
		read_module(tag);
		break;
	case TAG_MEMORY_MAP:
		read_memory_map(tag);
		break;
	case TAG_ACPI_1:
		if (boot_info.rsdp)
			break; /* the second version's pointer came first: it is the better one */
		boot_info_keep_rsdp(tag->content, tag->size - sizeof(*tag));
		break;
	case TAG_ACPI_2:
		boot_info_keep_rsdp(tag->content, tag->size - sizeof(*tag));
		break;
	}
}

void multiboot2_read(const void *information)
{
	const struct multiboot2_information *head = information;
	const uint8_t *at = information, *end = at + head->total_size;

	boot_info.loader = "multiboot2";
	at += sizeof(*head);
	while (at + sizeof(struct multiboot2_tag) <= end) {
		const struct multiboot2_tag *tag = (const void *)at;

		if (tag->type == TAG_END || tag->size < sizeof(*tag) || at + tag->size > end)
			return;
		read_tag(tag);
		at += round_up(tag->size, 8);
	}
}
