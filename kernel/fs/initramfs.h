/* SPDX-License-Identifier: MIT */
/*
 * initramfs.h - what the root file system starts with: the boot module's archive.
 */
#pragma once

#include "lib/types.h"

/* Unpacks the boot module, a cpio archive that may be gzip-compressed, below the root; what is
 * malformed is told in the log and left out.  Afterwards the module's memory is free. */
void initramfs_unpack(void);
/* The same for an archive in memory; false: it was malformed somewhere. */
bool archive_unpack(const void *archive, size_t bytes);
