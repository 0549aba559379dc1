/* SPDX-License-Identifier: MIT */
/*
 * reclaim.c - what is done when no frame is free, and on demand.
 *
 * Everything here is kept for speed alone: objects that no longer have a user go first, then spare
 * objects, the slabs that all these leave empty, page tables and stacks.  File systems in memory
 * have no clean pages, since nothing below could bring them back.
 */
#include "memory/reclaim.h"

#include "memory/heap.h"
#include "memory/page_table.h"

#define DENTRIES_AT_ONCE 256

static size_t drop_spares(void)
{
	size_t freed = kernel_stack_shrink(); /* leaves spare tables behind */

	return freed + page_table_shrink() + heap_shrink();
}

size_t reclaim(size_t wanted)
{
	size_t freed = drop_spares();

	while (freed < wanted && dentries_shrink(DENTRIES_AT_ONCE))
		freed += heap_shrink();
	return freed;
}

size_t caches_drop(unsigned what)
{
	if (!(what & 2))
		return 0;
	dentries_shrink(~0UL);
	return drop_spares();
}
