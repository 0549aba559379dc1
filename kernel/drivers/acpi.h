/* SPDX-License-Identifier: MIT */
/*
 * acpi.h - the firmware's description tables (ACPI specification 6.4, chapter 5.2).
 *
 * A table stays where the firmware put it, in memory that the frame allocator never gives away
 * (MEMORY_ACPI); so the pointer is valid for ever and needs no lock.
 */
#pragma once

#include "lib/types.h"

struct acpi_header {
	char signature[4];
	uint32_t length; /* of the whole table */
	uint8_t revision, checksum;
	char oem[6], oem_table[8];
	uint32_t oem_revision, creator, creator_revision;
} packed;

/* The table with this four-letter signature, in the direct map, or NULL. */
const struct acpi_header *acpi_table(const char *signature);
