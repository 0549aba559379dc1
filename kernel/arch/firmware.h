/* SPDX-License-Identifier: MIT */
/*
 * firmware.h - what arch/ reads of the firmware's ACPI tables.
 */
#pragma once

#include "lib/types.h"

struct acpi_header;

/* Upward: drivers/acpi.c.  The table with this four-letter signature, or NULL. */
const struct acpi_header *acpi_table(const char *signature);

/* A field at a byte offset that the ACPI specification gives; tables are not aligned. */
static inline uint8_t acpi_field8(const struct acpi_header *table, size_t offset)
{
	return ((const uint8_t *)table)[offset];
}
static inline uint16_t acpi_field16(const struct acpi_header *table, size_t offset)
{
	return (uint16_t)(acpi_field8(table, offset) | acpi_field8(table, offset + 1) << 8);
}
static inline uint32_t acpi_field32(const struct acpi_header *table, size_t offset)
{
	return acpi_field16(table, offset) | (uint32_t)acpi_field16(table, offset + 2) << 16;
}
static inline uint32_t acpi_length(const struct acpi_header *table)
{
	return acpi_field32(table, 4);
}
