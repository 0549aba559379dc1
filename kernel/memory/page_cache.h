/* SPDX-License-Identifier: MIT */
/*
 * page_cache.h - the page cache is the file: frames by index, counted, and the areas that map them.
 *
 * One struct serves ramfs (nothing below), boot modules, shared anonymous memory and files on disk
 * (ops->fill reads what is below).  Invariants: a frame in the cache has kind FRAME_CACHE, its
 * cache and index are set, and the cache owns one count of it; a frame that is not FRAME_UPTODATE
 * is visible to nobody but its filler; no frame has an index past the end of the size.
 *
 * Locks: `lock` guards the radix tree and the counts; `areas_lock` the list of areas; `size`
 * changes under the owner's inode lock and is read everywhere (faults re-check it after taking a
 * frame).
 * Order: inode lock > area lock > areas_lock, cache lock.
 */
#pragma once

#include "lib/radix.h"
#include "lock/mutex.h"
#include "memory/frame_allocator.h"

struct page_cache;
struct page_cache_ops {
	/* Before an absent page is made: takes room for it, or -ENOSPC.  NULL: there is always
	 * some. */
	int (*reserve)(struct page_cache *cache);
	/* Fills the frame for `index`, which nobody else can see yet; 0 or -EIO, -ENOMEM. May
	 * sleep. */
	int (*fill)(struct page_cache *cache, uint64_t index, struct frame *frame);
	/* A page is about to become writable through a shared map, or was written; NULL: nothing to
	 * do. */
	int (*dirty)(struct page_cache *cache, uint64_t index, struct frame *frame);
	/* One has become writable through a shared map: the file has changed (mmap(2)). */
	void (*map_written)(struct page_cache *cache);
};

struct page_cache {
	struct spinlock lock;
	struct radix pages;	   /* index -> struct frame * */
	uint64_t page_count;
	const struct page_cache_ops *ops; /* NULL: absent pages are zeros (sparse) */
	void *owner;		   /* the inode, or NULL */
	uint64_t size;		   /* bytes; pages wholly past it fault with SIGBUS. ~0: no end */
	uint32_t count;		   /* for caches that live alone (page_cache_create) */
	uint64_t number;	   /* of such a one, as an inode number: for /proc/PID/maps */
	struct spinlock areas_lock;
	struct list areas;	   /* struct area by cache_link */
};

void page_cache_init(struct page_cache *cache, const struct page_cache_ops *ops, void *owner);
/* Unmaps nothing: there must be no areas.  Frees every frame. */
void page_cache_destroy(struct page_cache *cache);

/* A cache that lives alone: shared anonymous memory, a boot module. */
struct page_cache *page_cache_create(uint64_t size);
void page_cache_get(struct page_cache *cache);
void page_cache_put(struct page_cache *cache);

/* The frame at `index` with a count for the caller, or NULL when it is absent. */
struct frame *page_cache_find(struct page_cache *cache, uint64_t index);
/* The same, but an absent one is made (filled, or zeros). 0, -ENOMEM, -EIO,
 * -ENOSPC.  May sleep. */
int page_cache_obtain(struct page_cache *cache, uint64_t index, struct frame **frame);
/* Puts a caller's frame in at `index` (count moves to the cache): -EEXIST, -ENOMEM. */
int page_cache_insert(struct page_cache *cache, uint64_t index, struct frame *frame);
/* Up to `most` present frames from `index` on, consecutive from index, with counts. */
size_t page_cache_find_run(struct page_cache *cache, uint64_t index, struct frame **frames,
			   size_t most);

/*
 * Sets the size; when it shrinks: unmaps from all areas (private copies too), drops pages past the
 * end, unmaps again, zeroes the tail of the last page.  Under the owner's inode lock.
 */
void page_cache_truncate(struct page_cache *cache, uint64_t size);
/* Drops the pages of [first, last] (indexes), zeroing nothing: for holes (fallocate(2),
 * madvise(2)). */
void page_cache_drop_range(struct page_cache *cache, uint64_t first, uint64_t last);
/* The first index >= `from` that is present (SEEK_DATA; ~0: none) or absent (SEEK_HOLE).  The
 * second does not look at the size and may lie behind it. */
uint64_t page_cache_next_present(struct page_cache *cache, uint64_t from);
uint64_t page_cache_next_absent(struct page_cache *cache, uint64_t from);

/*
 * Copies from the cache to user or kernel memory through struct io (memory/io_vector.h): reads stop
 * at the size.  Writes grow the size as bytes land; they prefault the source, copy without faulting
 * and retry, so that a source that maps the very page cannot deadlock and no stale byte is seen.
 * Returns bytes moved, or -errno when none was.
 */
struct io;
ssize_t page_cache_read(struct page_cache *cache, struct io *to, uint64_t position);
ssize_t page_cache_write(struct page_cache *cache, struct io *from, uint64_t position);
