/* SPDX-License-Identifier: MIT */
/*
 * symbols.h - names for addresses of the kernel's code.  The build links twice: the second link
 * carries, last in the image so that nothing moves, the table of the first.
 */
#pragma once

#include "lib/types.h"

/* The function that `address` lies in and the bytes from its start, or NULL. */
const char *symbol_name(uint64_t address, uint64_t *offset);
