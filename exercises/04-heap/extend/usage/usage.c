/* SPDX-License-Identifier: MIT */
/* usage.c - the extension: how many objects of a cache, found by its name, are handed out. */
#include "ktest.h"
#include "memory/heap.h"

/* False: there is no cache of this name. */
weak bool slab_usage(const char *name, uint64_t *used, uint64_t *slabs);

static struct slab_cache owls = { .name = "owls", .size = 100 };
static void *held[64];

static void observe_usage(const char *name)
{
	uint64_t used = 0, slabs = 0;
	bool found = slab_usage(name, &used, &slabs);

	observe("%s: found=%d used=%lu slabs=%d", name, found, used, slabs > 0);
}

static void usage(void)
{
	if (!slab_usage) {
		observe("absent");
		return;
	}
	observe_usage("no owl");
	for (unsigned step = 0; step < 400; step++) {
		void **slot = &held[ktest_random_below(array_size(held))];

		if (*slot)
			slab_free(&owls, *slot);
		*slot = *slot ? NULL : slab_alloc(&owls);
		if (step % 50 == 49)
			observe_usage("owls");
	}
	for (unsigned i = 0; i < array_size(held); i++)
		slab_free(&owls, held[i]);
	observe_usage("no owls");
}
KTEST(usage);
