/* SPDX-License-Identifier: MIT */
/*
 * radix.h - sparse arrays of pointers: 64-way trees by index, as tall as the largest index needs.
 *
 * A look-up costs one step per 6 bits of the largest index used.  Nothing here locks; insertion
 * allocates (from the allocator given at set-up by memory/), removal frees empty nodes.
 */
#pragma once

#include "lib/types.h"

struct radix_node;
struct radix {
	struct radix_node *root;
	uint32_t height; /* levels; 0: empty */
};

void *radix_get(const struct radix *radix, uint64_t index);
/* 0; -EEXIST when it is taken; -ENOMEM. `value` is not NULL. */
int radix_insert(struct radix *radix, uint64_t index, void *value);
/* What was there, or NULL. */
void *radix_remove(struct radix *radix, uint64_t index);
/* The first present at an index >= *index (moved to it), or NULL. */
void *radix_next(const struct radix *radix, uint64_t *index);
/* The first absent index >= `index`. */
uint64_t radix_next_absent(const struct radix *radix, uint64_t index);

/* Upward step: memory/radix_nodes.c gives nodes their memory. */
void *radix_node_alloc(size_t bytes); /* zeroed, or NULL */
void radix_node_free(void *node);
