/* SPDX-License-Identifier: MIT */
/*
 * heap.h - bytes for the kernel.
 *
 * A slab_cache hands out objects of one size from slabs (runs of frames); kmalloc() picks one of
 * the size-class caches (8 ... 2048 bytes) and whole pages beyond.  All constant time.  Every
 * object is aligned to 16 bytes (8-byte class: 8), a cache's objects to its alignment; kmalloc of
 * >= 4096 to a page.  Contents are arbitrary unless asked for.  Callable with spinlocks held; never
 * sleeps.
 */
#pragma once

#include "lib/list.h"
#include "lock/spinlock.h"
#include "memory/frame_allocator.h"

struct slab_cache {
	const char *name;
	uint32_t size, alignment; /* bytes, as asked; alignment a power of two, 0: 16 */
	bool reclaimable; /* some objects are kept only because they may be asked for again */
	/* the rest is private to heap.c and guarded by lock */
	struct spinlock lock;
	uint32_t stride, order, per_slab; /* 0: not set up yet (the first allocation does) */
	uint32_t empty_count;
	struct list partial, full, empty;
	uint64_t used, slabs;		/* objects handed out; slabs held */
	uint64_t allocations, frees;	/* since boot */
	struct list link;		/* in the list of all caches */
	void *spare;			/* of spare_free(), or NULL; not guarded: exchanged */
};

#define SLAB_CACHE(object_name, type)                                                              \
	{ .name = (object_name), .size = sizeof(type), .alignment = _Alignof(type) }
#define SLAB_CACHE_RECLAIMABLE(object_name, type)                                                  \
	{ .name = (object_name), .size = sizeof(type), .alignment = _Alignof(type),                \
	  .reclaimable = true }
#define SLAB_CACHE_ALIGNED(object_name, type, align)                                               \
	{ .name = (object_name), .size = sizeof(type), .alignment = (align) }

void heap_init(void);

void *slab_alloc(struct slab_cache *cache);	  /* NULL: no memory */
void *slab_alloc_zeroed(struct slab_cache *cache);
void slab_free(struct slab_cache *cache, void *object); /* NULL is allowed */

/* For what is taken and given back by one call after the other (path names, FPU states, queued
 * signals): the object freed last waits aside, in use as far as the cache knows. */
static inline void *spare_alloc(struct slab_cache *cache) /* NULL: no memory */
{
	void *object;

	/* A test counts allocations: it must not matter whether there is a spare one. */
	if (unlikely(allocation_fail.countdown))
		return slab_alloc(cache);
	object = __atomic_exchange_n(&cache->spare, NULL, __ATOMIC_ACQUIRE);
	return likely(object) ? object : slab_alloc(cache);
}
static inline void spare_free(struct slab_cache *cache, void *object)
{
	slab_free(cache, __atomic_exchange_n(&cache->spare, object, __ATOMIC_RELEASE));
}

void *kmalloc(size_t bytes);  /* NULL: no memory, or bytes is 0 or above 4 MiB */
void *kzalloc(size_t bytes);  /* zeroed */
void *kcalloc(size_t count, size_t bytes); /* zeroed; NULL where the product overflows */
void *krealloc(void *object, size_t bytes); /* NULL: no memory or 0 bytes; `object` is untouched */
void kfree(void *object);     /* NULL is allowed */
char *kstrdup(const char *s);
size_t kmalloc_size(const void *object); /* the bytes that may really be used */

/* Gives spare objects and empty slabs back; for reclaim and drop_caches. Returns frames freed. */
size_t heap_shrink(void);
/* Each cache in turn, for /proc/slabinfo and the tests: returns the next after `cache` (NULL:
 * first). */
struct slab_cache *slab_cache_next(struct slab_cache *cache);

/* A kernel stack: 16 KiB with a guard page below (memory/kernel_stack.c); returns its top. */
#define KERNEL_STACK_SIZE 16384UL
void *kernel_stack_alloc(void); /* NULL: no memory; never zeroed, cached mapped */
void kernel_stack_free(void *top);
/* Gives the stacks that are kept mapped back. Returns frames freed. */
size_t kernel_stack_shrink(void);
/* Whether `address` lies in a guard page: a stack overflow. */
bool kernel_stack_is_guard(uint64_t address);
