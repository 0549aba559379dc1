/* SPDX-License-Identifier: MIT */
/*
 * page_cache.c - the tree of frames that a file is: look-up, filling, size.
 *
 * A frame enters the tree only when it is fully written, so whoever finds one may use it at once:
 * an absent page is filled in private and then put in; who comes second throws his away.
 *
 * Truncation and faults race for the pages past the new end.  A fault checks the size after it
 * has its frame; truncation sets the size first, and unmaps both before and after it drops
 * pages.  So every order ends with no page past the end mapped.
 *
 * Who may call: anybody who keeps the cache alive - the inode's owner, or an area by the file that
 * it counts. `lock` is a spinlock held for one look-up or change; nothing sleeps under it, so
 * filling is done outside and checked by radix_insert()'s -EEXIST.
 *
 * A dropped frame may live on: mapped, or being copied by a reader who counted it. Its cache is
 * NULL then, and the last put frees it.
 */
#include "memory/page_cache.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/area.h"
#include "memory/heap.h"

static struct slab_cache lone_caches = SLAB_CACHE("page_cache", struct page_cache);

/* ---- life ---- */

void page_cache_init(struct page_cache *cache, const struct page_cache_ops *ops, void *owner)
{
	*cache = (struct page_cache){ .ops = ops, .owner = owner };
	list_init(&cache->areas);
}

void page_cache_destroy(struct page_cache *cache)
{
	assert(list_is_empty(&cache->areas));
	page_cache_drop_range(cache, 0, ~0UL);
	assert(!cache->page_count);
}

struct page_cache *page_cache_create(uint64_t size)
{
	static uint64_t last_number;
	struct page_cache *cache = slab_alloc(&lone_caches);

	if (!cache)
		return NULL;
	page_cache_init(cache, NULL, NULL);
	cache->number = ++last_number;
	cache->size = size;
	cache->count = 1;
	return cache;
}

/* Caches that are part of an inode have count 0: the file that an area counts holds them. */
void page_cache_get(struct page_cache *cache)
{
	if (cache->count)
		cache->count++;
}

void page_cache_put(struct page_cache *cache)
{
	if (!cache->count || --cache->count)
		return;
	page_cache_destroy(cache);
	slab_free(&lone_caches, cache);
}

/* ---- frames ---- */

/* cache->lock is held. */
static struct frame *find_locked(struct page_cache *cache, uint64_t index)
{
	struct frame *frame = radix_get(&cache->pages, index);

	debug_assert(!frame || (frame->cache == cache && frame->index == index));
	if (frame)
		frame_get(frame);
	return frame;
}

struct frame *page_cache_find(struct page_cache *cache, uint64_t index)
{
	uint64_t interrupts = spinlock_acquire(&cache->lock);
	struct frame *frame = find_locked(cache, index);

	spinlock_release(&cache->lock, interrupts);
	return frame;
}

size_t page_cache_find_run(struct page_cache *cache, uint64_t index, struct frame **frames,
			   size_t most)
{
	uint64_t interrupts = spinlock_acquire(&cache->lock);
	size_t found = 0;

	while (found < most && (frames[found] = find_locked(cache, index + found)))
		found++;
	spinlock_release(&cache->lock, interrupts);
	return found;
}

/* The caller's count becomes the cache's only on success; on an error he still has it.  The zero
 * frame must not come in: it is shared, and a cache's frames are written to. */
int page_cache_insert(struct page_cache *cache, uint64_t index, struct frame *frame)
{
	uint64_t interrupts;
	int error;

	debug_assert(frame->count && frame != zero_frame);
	if (frame->kind != FRAME_CACHE)
		frame_set_kind(frame, FRAME_CACHE);
	interrupts = spinlock_acquire(&cache->lock);
	error = radix_insert(&cache->pages, index, frame);
	if (!error) {
		frame->cache = cache;
		frame->index = index;
		frame->flags |= FRAME_UPTODATE;
		cache->page_count++;
	}
	spinlock_release(&cache->lock, interrupts);
	return error;
}

static int frame_fill(struct page_cache *cache, uint64_t index, struct frame *frame)
{
	if (cache->ops && cache->ops->fill)
		return cache->ops->fill(cache, index, frame);
	page_clear(frame_address(frame));
	return 0;
}

int page_cache_obtain(struct page_cache *cache, uint64_t index, struct frame **frame)
{
	/* Again when somebody put the page in while ours was filled: then his is found. */
	for (;;) {
		struct frame *made;
		int error = 0;

		*frame = page_cache_find(cache, index);
		if (*frame)
			return 0;
		if (cache->ops && cache->ops->reserve)
			error = cache->ops->reserve(cache);
		if (error)
			return error;
		made = frame_alloc(FRAME_CACHE, FRAME_MAY_RECLAIM);
		if (!made)
			return -ENOMEM;
		error = frame_fill(cache, index, made);
		if (!error) {
			/* Two counts: one goes to the cache, one to the caller. */
			frame_get(made);
			error = page_cache_insert(cache, index, made);
			if (!error) {
				*frame = made;
				return 0;
			}
			frame_put(made);
		}
		frame_put(made);
		if (error != -EEXIST)
			return error;
	}
}

void page_cache_drop_range(struct page_cache *cache, uint64_t first, uint64_t last)
{
	for (uint64_t index = first; index <= last; index++) {
		uint64_t interrupts = spinlock_acquire(&cache->lock);
		struct frame *frame = radix_next(&cache->pages, &index);

		if (frame && index <= last) {
			debug_assert(frame->cache == cache && frame->index == index);
			debug_assert(cache->page_count);
			radix_remove(&cache->pages, index);
			cache->page_count--;
			frame->cache = NULL;
		}
		spinlock_release(&cache->lock, interrupts);
		if (!frame || index > last)
			return;
		/* Outside of the lock: the last put may poison 4 KiB. */
		frame_put(frame);
		/* The loop's ++ would wrap and begin again. */
		if (index == ~0UL)
			return;
	}
}

/* ---- size ---- */

/* So that a file that grows again shows zeros there, not what it held (truncate(2)). */
static void tail_clear(struct page_cache *cache, uint64_t size)
{
	struct frame *frame = page_cache_find(cache, size >> PAGE_SHIFT);

	if (!frame)
		return;
	memset(frame_address(frame) + size % PAGE_SIZE, 0, PAGE_SIZE - size % PAGE_SIZE);
	frame_put(frame);
}

void page_cache_truncate(struct page_cache *cache, uint64_t size)
{
	uint64_t before = cache->size, first = (size >> PAGE_SHIFT) + (size % PAGE_SIZE != 0);

	/* First the size: from now on a fault that gets its frame sees that it is past the end. */
	write_once(cache->size, size);
	if (size >= before)
		return;
	areas_unmap_cache(cache, first, ~0UL, true);
	page_cache_drop_range(cache, first, ~0UL);
	/* A fault that saw the old size has mapped its page meanwhile: the head of the file. */
	areas_unmap_cache(cache, first, ~0UL, true);
	if (size % PAGE_SIZE)
		tail_clear(cache, size);
}

uint64_t page_cache_next_present(struct page_cache *cache, uint64_t from)
{
	uint64_t interrupts = spinlock_acquire(&cache->lock), index = from;

	if (!radix_next(&cache->pages, &index))
		index = ~0UL;
	spinlock_release(&cache->lock, interrupts);
	return index;
}

uint64_t page_cache_next_absent(struct page_cache *cache, uint64_t from)
{
	uint64_t interrupts = spinlock_acquire(&cache->lock);
	uint64_t index = radix_next_absent(&cache->pages, from);

	spinlock_release(&cache->lock, interrupts);
	return index;
}

/* ---- areas that map it ---- */

/* The part of an area that maps the pages [first, last] loses those that are in a cache. */
static void area_unmap_indexes(struct area *area, uint64_t first, uint64_t last, bool all)
{
	uint64_t area_first_index = area->offset >> PAGE_SHIFT;
	uint64_t area_last = area_first_index + area_pages(area) - 1;

	first = max(first, area_first_index);
	last = min(last, area_last);
	if (first > last)
		return;
	pages_unmap_cached(area->space,
			   area->start + ((first - area_first_index) << PAGE_SHIFT),
			   area->start + ((last + 1 - area_first_index) << PAGE_SHIFT), all);
}

/* areas_lock keeps each area and its borders in place (area_pages.c): the spaces' own locks are
 * outer ones and sleep, so they cannot be taken here. */
void areas_unmap_cache(struct page_cache *cache, uint64_t first, uint64_t last, bool private_too)
{
	uint64_t interrupts = spinlock_acquire(&cache->areas_lock);
	struct area *area;

	list_for_each(area, &cache->areas, cache_link)
		area_unmap_indexes(area, first, last, private_too);
	spinlock_release(&cache->areas_lock, interrupts);
}
