/* SPDX-License-Identifier: MIT */
/* slab.h - what heap.c needs of slab.c beyond heap.h. */
#pragma once

#include "memory/heap.h"

/* Once, before the first allocation: how links between freed objects are enciphered. */
void slab_set_cipher(uint64_t random);
/* The cache that an address lies in, or NULL when it lies in no slab. */
struct slab_cache *slab_cache_of(const void *object);
