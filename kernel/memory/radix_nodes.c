/* SPDX-License-Identifier: MIT */
/*
 * radix_nodes.c - the memory of radix trees' nodes: lib/ itself allocates nothing.
 */
#include "lib/radix.h"
#include "memory/heap.h"

static struct slab_cache nodes = { .name = "radix_node" };

void *radix_node_alloc(size_t bytes)
{
	assert(!nodes.size || nodes.size == bytes);
	nodes.size = bytes;
	return slab_alloc_zeroed(&nodes);
}

void radix_node_free(void *node)
{
	slab_free(&nodes, node);
}
