/* SPDX-License-Identifier: MIT */
/*
 * slab.c - caches of objects of one size.
 *
 * A slab is a run of frames cut into objects.  Its state lies in the descriptor of its first
 * frame: how many objects are in use, how many were ever handed out (those behind them are fresh
 * and on no list), and a list of the freed ones that is threaded through the objects themselves.
 * So a slab is ready the moment its frames are, and to allocate or free is a few instructions.
 *
 * Invariants: a slab is on `full` iff all its objects are in use, on `empty` iff none is, else on
 * `partial`; every frame of a slab has kind FRAME_SLAB and names its cache, so that an address is
 * enough to find both.
 *
 * The links are stored enciphered.  A freed object's first word so deciphers to an address in its
 * slab, which an object in use has there only by a chance of 2^-50: a second free is noticed (and
 * then proved by searching the list), and a link that was overwritten is not followed.
 */
#include "memory/slab.h"

#include "config.h"
#include "lib/string.h"

#define SLAB_ORDER_MAX	3
#define SLAB_OBJECTS	8 /* a slab has at least so many, if SLAB_ORDER_MAX allows */
#define EMPTY_SLABS	2 /* kept, so that one object that comes and goes costs no frame */
#define REDZONE_BYTES	16
#define REDZONE_FILL	0xbb
#define FREE_FILL	0x6b

static struct spinlock caches_lock;
static struct list caches = LIST_INIT(caches); /* every cache that was ever used */
static uint64_t link_cipher;

void slab_set_cipher(uint64_t random)
{
	link_cipher = random;
}

/* ---- set-up ---- */

static void cache_set_up(struct slab_cache *cache)
{
	uint64_t interrupts = spinlock_acquire(&caches_lock);
	uint32_t align = cache->alignment ? cache->alignment : 16;
	uint32_t bytes = max(cache->size, 8U) + (DEBUG ? REDZONE_BYTES : 0);

	assert(cache->size && !(align & (align - 1)) && align <= PAGE_SIZE);
	align = max(align, 8U);
	cache->stride = round_up(bytes, align);
	while ((PAGE_SIZE << cache->order) / cache->stride < SLAB_OBJECTS &&
	       cache->order < SLAB_ORDER_MAX)
		cache->order++;
	cache->per_slab = (PAGE_SIZE << cache->order) / cache->stride;
	assert(cache->per_slab);
	list_init(&cache->partial);
	list_init(&cache->full);
	list_init(&cache->empty);
	list_add_last(&caches, &cache->link);
	spinlock_release(&caches_lock, interrupts);
}

static uint32_t slab_bytes(const struct slab_cache *cache)
{
	return PAGE_SIZE << cache->order;
}

/* An empty slab, on no list. */
static struct frame *slab_create(struct slab_cache *cache)
{
	struct frame *slab = frame_alloc_run(cache->order, FRAME_SLAB, 0);

	if (!slab)
		return NULL;
	for (unsigned i = 0; i < 1U << cache->order; i++) {
		slab[i].kind = FRAME_SLAB;
		slab[i].slab = cache;
	}
	slab->used = slab->fresh = 0;
	slab->free = NULL;
	list_init(&slab->link);
	cache->slabs++;
	return slab;
}

static void slab_destroy(struct slab_cache *cache, struct frame *slab)
{
	assert(slab->used == 0);
	list_remove(&slab->link);
	for (unsigned i = 1; i < 1U << cache->order; i++)
		slab[i].kind = FRAME_KERNEL; /* no address in here belongs to a cache any more */
	cache->slabs--;
	frame_put(slab);
}

static void slab_move(struct frame *slab, struct list *to)
{
	list_remove(&slab->link);
	list_add_first(to, &slab->link);
}

/* ---- the list of freed objects ---- */

static uint64_t link_encipher(const void *object, const void *next)
{
	return (uint64_t)next ^ link_cipher ^ (uint64_t)object;
}

/* What the object's first word would mean if it were free. */
static void *link_decipher(const void *object)
{
	return (void *)(*(const uint64_t *)object ^ link_cipher ^ (uint64_t)object);
}

static bool slab_has(const struct slab_cache *cache, struct frame *slab, const void *object)
{
	return (uint64_t)object - (uint64_t)frame_address(slab) < slab_bytes(cache);
}

static bool object_is_free(const struct slab_cache *cache, struct frame *slab, const void *object)
{
	const void *next = link_decipher(object);

	if (likely(next && !slab_has(cache, slab, next)))
		return false;
	for (const void *each = slab->free; each; each = link_decipher(each))
		if (each == object)
			return true;
	return false;
}

static void *slab_pop(struct slab_cache *cache, struct frame *slab)
{
	void *object = slab->free, *next;

	if (!object) {
		assert(slab->fresh < cache->per_slab);
		return frame_address(slab) + slab->fresh++ * cache->stride;
	}
	next = link_decipher(object);
	assert(!next || slab_has(cache, slab, next)); /* else: written to after it was freed */
	slab->free = next;
	*(uint64_t *)object = 0; /* else it would still look free */
	return object;
}

/* ---- debug builds: what lies behind an object, and in a freed one, must not change ---- */

static void bytes_check(const uint8_t *bytes, size_t count, uint8_t fill, const void *object,
			const char *what)
{
	for (size_t i = 0; i < count; i++)
		if (bytes[i] != fill)
			panic("heap: %p: %s (byte %zu is %#x)", object, what, i, bytes[i]);
}

static void debug_allocated(const struct slab_cache *cache, void *object, bool fresh)
{
	if (!fresh && cache->size > 8)
		bytes_check(object + 8, cache->size - 8, FREE_FILL, object, "written after free");
	memset(object + cache->size, REDZONE_FILL, cache->stride - cache->size);
}

static void debug_freed(const struct slab_cache *cache, void *object)
{
	bytes_check(object + cache->size, cache->stride - cache->size, REDZONE_FILL, object,
		    "written past its end");
	memset(object, FREE_FILL, cache->size);
}

/* ---- allocation and release ---- */

/* A slab with an object to give, on `partial`. */
static struct frame *slab_find(struct slab_cache *cache)
{
	struct frame *slab = list_first(&cache->partial, struct frame, link);

	if (likely(slab))
		return slab;
	slab = list_first(&cache->empty, struct frame, link);
	if (slab)
		cache->empty_count--;
	else
		slab = slab_create(cache);
	if (slab)
		slab_move(slab, &cache->partial);
	return slab;
}

/* Names and inodes are kept for as long as there is memory, and only stat(2) is needed to make more
 * of them.  So where it is short they give back what nobody uses before they grow, and leave the
 * kernel what it needs to end somebody.  A look, without the lock: a slab more or less is no
 * harm. */
static bool may_grow(const struct slab_cache *cache)
{
	struct frame_statistics frames;

	if (likely(!cache->reclaimable || !list_is_empty(&cache->partial) || cache->empty_count))
		return true;
	if (likely(!frames_are_short()))
		return true;
	if (interrupts_enabled()) /* else a spinlock is held */
		reclaim(1UL << cache->order);
	frame_statistics_get(&frames);
	return !list_is_empty(&cache->partial) || frames.free >= FRAME_RESERVE / 2;
}

void *slab_alloc(struct slab_cache *cache)
{
	uint64_t interrupts;
	struct frame *slab;
	void *object = NULL;

	if (unlikely(!cache->per_slab))
		cache_set_up(cache);
	if (allocation_fails() || !may_grow(cache))
		return NULL;
	interrupts = spinlock_acquire(&cache->lock);
	slab = slab_find(cache);
	if (likely(slab)) {
		bool fresh = !slab->free;

		object = slab_pop(cache, slab);
		if (++slab->used == cache->per_slab)
			slab_move(slab, &cache->full);
		cache->used++;
		cache->allocations++;
		if (DEBUG)
			debug_allocated(cache, object, fresh);
	}
	spinlock_release(&cache->lock, interrupts);
	return object;
}

void *slab_alloc_zeroed(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);

	return object ? memset(object, 0, cache->size) : NULL;
}

/* The slab has one object less in use. */
static void slab_shrunk(struct slab_cache *cache, struct frame *slab)
{
	if (slab->used == cache->per_slab)
		slab_move(slab, &cache->partial);
	if (--slab->used)
		return;
	if (cache->empty_count == EMPTY_SLABS) {
		slab_destroy(cache, slab);
		return;
	}
	slab_move(slab, &cache->empty);
	cache->empty_count++;
}

void slab_free(struct slab_cache *cache, void *object)
{
	struct frame *slab;
	uint64_t interrupts;

	if (!object)
		return;
	slab = frame_of(physical_of(object));
	assert(slab->kind == FRAME_SLAB && slab->slab == cache); /* else: not from this cache */
	slab = frame_of(round_down(physical_of(object), (uint64_t)slab_bytes(cache)));
	/* else: inside one */
	assert((uint32_t)(object - frame_address(slab)) % cache->stride == 0);
	interrupts = spinlock_acquire(&cache->lock);
	assert(!object_is_free(cache, slab, object));
	if (DEBUG)
		debug_freed(cache, object);
	*(uint64_t *)object = link_encipher(object, slab->free);
	slab->free = object;
	cache->used--;
	cache->frees++;
	slab_shrunk(cache, slab);
	spinlock_release(&cache->lock, interrupts);
}

struct slab_cache *slab_cache_of(const void *object)
{
	struct frame *frame = frame_of(physical_of(object));

	return frame->kind == FRAME_SLAB ? frame->slab : NULL;
}

/* ---- all caches ---- */

struct slab_cache *slab_cache_next(struct slab_cache *cache)
{
	struct list *next = cache ? cache->link.next : caches.next;

	return next == &caches ? NULL : container_of(next, struct slab_cache, link);
}

static size_t cache_shrink(struct slab_cache *cache)
{
	struct frame *slab;
	uint64_t interrupts;
	size_t freed = 0;

	spare_free(cache, NULL);
	interrupts = spinlock_acquire(&cache->lock);
	while ((slab = list_first(&cache->empty, struct frame, link))) {
		slab_destroy(cache, slab);
		freed += 1UL << cache->order;
	}
	cache->empty_count = 0;
	spinlock_release(&cache->lock, interrupts);
	return freed;
}

size_t heap_shrink(void)
{
	size_t freed = 0;

	for (struct slab_cache *cache = NULL; (cache = slab_cache_next(cache));)
		freed += cache_shrink(cache);
	return freed;
}
