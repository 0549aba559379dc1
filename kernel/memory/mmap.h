/* SPDX-License-Identifier: MIT */
/*
 * mmap.h - what the calls of memory/ need from above.
 */
#pragma once

#include "memory/address_space.h"

/* What is wrong with a request whatever is mapped: -EINVAL, -ENOMEM, -EPERM.  `flags`: MAP_*. */
int map_request_check(const struct map_request *request, uint64_t flags);

/*
 * Upward step: fs/.  mmap(2) of the file behind `fd`: `request` has all that the call says (with
 * all of AREA_MAY_*) and is checked after the descriptor; fills in file, ops and cache, the file
 * counted, and a cache that lives alone too; takes away the AREA_MAY_* that the descriptor does not
 * give.  `flags`: MAP_*.
 * -EBADF, -EACCES, -EPERM, -ENODEV, -EOVERFLOW, -EINVAL, -ENOMEM, -EOPNOTSUPP.
 */
int map_file_prepare(int fd, uint64_t prot, uint64_t flags, struct map_request *request);
