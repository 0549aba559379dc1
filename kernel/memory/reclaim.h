/* SPDX-License-Identifier: MIT */
/* reclaim.h - giving back what is kept only because it may be wanted again. */
#pragma once

#include "lib/types.h"

/* /proc/sys/vm/drop_caches: bit 0: clean pages of files, bit 1: dentries, empty slabs, spare page
 * tables and stacks. Returns frames freed. */
size_t caches_drop(unsigned what);

/* Upward step: fs/dentry_reclaim.c.  Frees unused dentries and inodes, oldest first; returns how
 * many. */
size_t dentries_shrink(size_t wanted);
