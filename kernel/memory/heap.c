/* SPDX-License-Identifier: MIT */
/*
 * heap.c - bytes of any number: the smallest power of two that holds them.
 *
 * Up to 2 KiB they come from nine caches, one a size; beyond, from a run of frames of their own.
 * Which one it was is written in the descriptor of the object's frame, so kfree() needs no size.
 *
 * Powers of two waste a quarter on average, but make the class a count-leading-zeros and every
 * object naturally aligned enough for FXSAVE areas and the like. Objects that come in numbers have
 * caches of their own (SLAB_CACHE) and waste nothing.
 *
 * Locks: none here; callable wherever slab_alloc() and frame_alloc_run() are: also in interrupts.
 */
#include "memory/heap.h"

#include "lib/string.h"
#include "memory/slab.h"

#define CLASS_SHIFT 3 /* the smallest class: 8 bytes */
#define CLASS_MAX   2048
#define BYTES_MAX   (PAGE_SIZE << FRAME_ORDER_MAX)

#define CLASS(bytes)                                                                           \
	{                                                                                      \
		.name = "kmalloc-" #bytes, .size = (bytes), .alignment = (bytes) < 16 ? 8 : 16 \
	}
static struct slab_cache classes[] = {
	CLASS(8), CLASS(16), CLASS(32), CLASS(64), CLASS(128), CLASS(256), CLASS(512), CLASS(1024),
	CLASS(2048),
};
static_assert(1 << (CLASS_SHIFT + array_size(classes) - 1) == CLASS_MAX, "one class a power");

void heap_init(void)
{
	uint64_t random;

	if (!hardware_random(&random))
		/* Better than a constant: golden-ratio hashing spreads the few unpredictable bits
		 * of the boot's time over the word. What it guards against is accidents, not
		 * attackers. */
		random = tsc_read() * 0x9e3779b97f4a7c15;
	slab_set_cipher(random);
}

/* The least n with bytes <= 1 << n; bytes > 0. */
static unsigned power_above(uint64_t bytes)
{
	return bytes > 1 ? 64 - __builtin_clzl(bytes - 1) : 0;
}

static struct slab_cache *class_for(size_t bytes)
{
	unsigned power = power_above(bytes);

	return &classes[power > CLASS_SHIFT ? power - CLASS_SHIFT : 0];
}

static void *large_alloc(size_t bytes)
{
	struct frame *run = frame_alloc_run(max(power_above(bytes), PAGE_SHIFT + 0U) - PAGE_SHIFT,
					    FRAME_KERNEL, 0);

	return run ? frame_address(run) : NULL;
}

void *kmalloc(size_t bytes)
{
	if (bytes == 0 || bytes > BYTES_MAX)
		return NULL;
	return bytes <= CLASS_MAX ? slab_alloc(class_for(bytes)) : large_alloc(bytes);
}

void *kzalloc(size_t bytes)
{
	void *object = kmalloc(bytes);

	return object ? memset(object, 0, bytes) : NULL;
}

void *kcalloc(size_t count, size_t bytes)
{
	size_t product;

	return __builtin_mul_overflow(count, bytes, &product) ? NULL : kzalloc(product);
}

size_t kmalloc_size(const void *object)
{
	struct slab_cache *cache = slab_cache_of(object);

	return cache ? cache->size : PAGE_SIZE << frame_of(physical_of(object))->order;
}

void kfree(void *object)
{
	struct slab_cache *cache;
	struct frame *run;

	if (!object)
		return;
	debug_assert(physical_of(object)); /* of the direct map: frame 0 is never given away */
	cache = slab_cache_of(object);
	if (cache) {
		slab_free(cache, object);
		return;
	}
	run = frame_of(physical_of(object));
	assert(!((uint64_t)object & ~PAGE_MASK) && run->kind == FRAME_KERNEL);
	frame_put(run);
}

void *krealloc(void *object, size_t bytes)
{
	void *larger;

	if (!object)
		return kmalloc(bytes);
	/* It also stays where it is when it shrinks: the class is only left upwards. */
	if (bytes && bytes <= kmalloc_size(object))
		return object;
	larger = kmalloc(bytes);
	if (!larger)
		return NULL;
	memcpy(larger, object, kmalloc_size(object));
	kfree(object);
	return larger;
}

char *kstrdup(const char *s)
{
	size_t bytes = strlen(s) + 1;
	char *copy = kmalloc(bytes);

	return copy ? memcpy(copy, s, bytes) : NULL;
}
