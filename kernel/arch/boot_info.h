/* SPDX-License-Identifier: MIT */
/* boot_info.h - between boot_info.c and the readers of the two loaders' formats. */
#pragma once

#include "arch/arch.h"

#define MULTIBOOT2_MAGIC 0x36d76289
#define PVH_MAGIC	 0x336ec578

void boot_info_fill(uint32_t magic, uint32_t information);
void multiboot2_read(const void *information);
void pvh_read(const void *information);

void boot_info_add_range(uint64_t start, uint64_t bytes, enum memory_kind kind);
enum memory_kind boot_info_kind(uint32_t firmware_type);
void boot_info_keep_rsdp(const void *rsdp, size_t bytes);
