/* SPDX-License-Identifier: MIT */
/*
 * mmap.h - what the calls of memory/ need from above.
 */
#pragma once

#include "memory/address_space.h"

/*
 * Upward step: fs/.  mmap(2) of the file behind `fd`: `request` has bytes, offset and flags (with
 * all of AREA_MAY_*); fills in file, ops and cache, the file counted, and a cache that lives alone
 * too; takes away the AREA_MAY_* that the descriptor does not give.  `flags`: MAP_*.
 * -EBADF, -EACCES, -EPERM, -ENODEV, -EOVERFLOW, -EINVAL.
 */
int map_file_prepare(int fd, int prot, int flags, uint64_t bytes, struct map_request *request);
