/* SPDX-License-Identifier: MIT */
/*
 * acpi.c - finding a table: root pointer -> root table -> the one with the signature.
 *
 * The root pointer comes from the boot loader, or is sought where PC firmware puts it: on a 16-byte
 * boundary in the first KiB of the EBDA or below 1 MiB.  Its revision 2 has a 64-bit root table
 * (XSDT) beside the 32-bit one (RSDT).  All tables must lie below 4 GiB, which boot.S maps.
 *
 * The firmware's word is checked by signature and checksum only; lengths inside of a table must be
 * checked by whoever reads it. No locks: tables are read at boot and never change. AML, the byte
 * code in the DSDT, is not interpreted.
 */
#include "arch/arch.h"
#include "drivers/acpi.h"
#include "lib/assert.h"
#include "lib/string.h"

struct root_pointer {
	char signature[8]; /* "RSD PTR " */
	uint8_t checksum;
	char oem[6];
	uint8_t revision;
	uint32_t rsdt;
	uint32_t length; /* from here on: revision 2 */
	uint64_t xsdt;
	uint8_t extended_checksum, reserved[3];
} packed;

#define EBDA_SEGMENT	     0x40e /* BIOS data area: EBDA address >> 4 */
#define ROOT_CHECKSUM_LENGTH 20
#define MAPPED_END	     0x100000000UL

/* Every structure of ACPI has a byte that makes the sum of all of them 0 (ACPI specification, RSDP
 * and DESCRIPTION_HEADER). */
static bool sums_to_zero(const void *bytes, size_t length)
{
	const uint8_t *at = bytes;
	uint8_t sum = 0;

	while (length--)
		sum += *at++;
	return sum == 0;
}

static const struct root_pointer *root_search(physical_address from, physical_address to)
{
	assert(from % 16 == 0 && to <= 0x100000);
	for (; from < to; from += 16) {
		const struct root_pointer *root = direct_map(from);

		if (!memcmp(root->signature, "RSD PTR ", 8) &&
		    sums_to_zero(root, ROOT_CHECKSUM_LENGTH))
			return root;
	}
	return NULL;
}

static const struct root_pointer *root_find(void)
{
	const struct root_pointer *root;
	physical_address ebda;
	uint16_t segment;

	/* The loader copied it from where we would have to search, or from where only it can know
	 * (UEFI). */
	if (boot_info.rsdp && boot_info.rsdp < MAPPED_END)
		return direct_map(boot_info.rsdp);
	memcpy(&segment, direct_map(EBDA_SEGMENT), sizeof(segment));
	/* A real-mode segment: 16-byte units. */
	ebda = (physical_address)segment << 4;
	root = ebda ? root_search(ebda, ebda + 1024) : NULL;
	return root ? root : root_search(0xe0000, 0x100000);
}

/* NULL: not mapped, or damaged.  Its length is believed, as far as the sum agrees with it. */
static const struct acpi_header *table_at(uint64_t address)
{
	const struct acpi_header *table;

	if (!address || address >= MAPPED_END)
		return NULL;
	table = direct_map(address);
	return sums_to_zero(table, table->length) ? table : NULL;
}

/* Searches a root table whose entries are `width` bytes each. */
static const struct acpi_header *root_table_search(const struct acpi_header *list, size_t width,
						   const char *signature)
{
	const uint8_t *at, *end;

	assert(width == 4 || width == 8);
	if (!list)
		return NULL;
	at = (const uint8_t *)(list + 1);
	end = (const uint8_t *)list + list->length;
	for (; at + width <= end; at += width) {
		uint64_t address = 0;
		const struct acpi_header *table;

		memcpy(&address, at, width);
		table = table_at(address);
		if (table && !memcmp(table->signature, signature, 4))
			return table;
	}
	return NULL;
}

/* Revision 2 must use the XSDT if there is one; a broken one is no reason to have no tables
 * at all. */
const struct acpi_header *acpi_table(const char *signature)
{
	const struct root_pointer *root = root_find();
	const struct acpi_header *table = NULL;

	assert(strlen(signature) == sizeof(table->signature));
	if (!root)
		return NULL;
	if (root->revision >= 2)
		table = root_table_search(table_at(root->xsdt), 8, signature);
	return table ? table : root_table_search(table_at(root->rsdt), 4, signature);
}
