/* SPDX-License-Identifier: MIT */
/*
 * file_map.c - areas that map a page cache: files, private or shared, and shared anonymous memory.
 *
 * A page of the cache is mapped as it is, so a file's readers, writers and mappers all see one
 * frame.  In a private area it is read-only, and the first write gives the area a copy of its own;
 * in a shared one it becomes writable at the first write, when the cache's owner has been told.
 * A read brings in the pages around as well, if the cache has them: programs start page by page.
 *
 * Locks: faults come with the area lock for reading; a frame is held by a count of its own until
 * the entry, which takes the count over, is in the table. page_cache_obtain() may sleep. The race
 * with truncation: the size is looked at before and after the frame is had (page_cache.c says why
 * that is enough), and in around_install() under tables_lock, which truncation's unmapping takes
 * too.
 *
 * Signals: past the end of the file is SIGBUS, not SIGSEGV (mmap(2)): the address is valid, the
 * page is not. The bytes of the last page behind the end read as zeros.
 */
#include "memory/area.h"

#include "abi/errno.h"
#include "lib/string.h"
#include "memory/page_cache.h"

#define AROUND_PAGES 16 /* mapped together, aligned: they share one level-1 table */
#define AROUND_BYTES (AROUND_PAGES * PAGE_SIZE)

static uint64_t area_index(const struct area *area, user_address address)
{
	return (area->offset + (address - area->start)) >> PAGE_SHIFT;
}

static bool is_past_end(const struct page_cache *cache, uint64_t index)
{
	uint64_t size = read_once(cache->size);

	return size == 0 || index > (size - 1) >> PAGE_SHIFT;
}

/* The page's frame with a count; -EIO past the end, or when the file system has no room for it:
 * either is SIGBUS. */
static int frame_obtain(struct area *area, user_address address, struct frame **frame)
{
	uint64_t index = area_index(area, address);
	int error;

	if (is_past_end(area->cache, index))
		return -EIO;
	error = page_cache_obtain(area->cache, index, frame);
	if (error)
		return error == -ENOSPC ? -EIO : error;
	if (!is_past_end(area->cache, index))
		return 0;
	frame_put(*frame); /* truncated while the page was read */
	return -EIO;
}

static void around_install(struct area *area, user_address address, struct frame **frames,
			   size_t count)
{
	struct address_space *space = area->space;
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	page_entry *entry = page_table_walk_create(space->root, address);
	page_entry flags = area_page_flags(area, false);

	for (size_t i = 0; i < count; i++) {
		/* A page that another thread has mapped meanwhile stays as it is, its copy above
		 * all. The count from page_cache_find_run() goes either to the entry or back. */
		if (!entry || entry[i] || is_past_end(area->cache, area_index(area, address) + i)) {
			frame_put(frames[i]);
			continue;
		}
		page_entry_set(&entry[i], frame_physical(frames[i]) | flags);
		space->resident[1]++;
	}
	spinlock_release(&space->tables_lock, interrupts);
}

/* Maps what the cache has of the pages around one that was just mapped. */
static void map_around(struct area *area, user_address address)
{
	user_address from = round_down(address, AROUND_BYTES), to = from + AROUND_BYTES;
	struct frame *frames[AROUND_PAGES];

	/* All in one level-1 table, because AROUND_BYTES is aligned and divides 2 MiB. */
	from = max(from, area->start);
	to = min(to, area->end);
	while (from < to) {
		size_t found = page_cache_find_run(area->cache, area_index(area, from), frames,
						   (to - from) >> PAGE_SHIFT);

		around_install(area, from, frames, found);
		from += (found + 1) << PAGE_SHIFT; /* the next one is absent */
	}
}

/* A private area's first touch of the page is a write: its copy is made at once. */
static int private_write(struct area *area, page_entry *entry, struct frame *original)
{
	struct frame *copy = frame_alloc(FRAME_ANONYMOUS, FRAME_MAY_RECLAIM);

	if (copy) {
		page_copy(frame_address(copy), frame_address(original));
		area_install_at(area, entry, copy, true);
	}
	/* It was counted by frame_obtain(); the area only maps the copy. */
	frame_put(original);
	return copy ? 0 : -ENOMEM;
}

static int tell_owner(struct area *area, user_address address, struct frame *frame)
{
	struct page_cache *cache = area->cache;
	int error = 0;

	if (cache->ops && cache->ops->dirty)
		error = cache->ops->dirty(cache, area_index(area, address), frame);
	if (error)
		return error;
	frame->flags |= FRAME_DIRTY;
	if (cache->ops && cache->ops->map_written)
		cache->ops->map_written(cache);
	return 0;
}

static int fault_absent(struct area *area, page_entry *entry, user_address address,
			unsigned access)
{
	bool shared = area->flags & AREA_SHARED, write = access == AREA_WRITE;
	struct frame *frame;
	int error = frame_obtain(area, address, &frame);

	if (error)
		return error;
	/* Read access would map the cache's frame and then fault a second time for the write. */
	if (write && !shared)
		return private_write(area, entry, frame);
	if (write) {
		error = tell_owner(area, address, frame);
		if (error) {
			frame_put(frame);
			return error;
		}
	}
	area_install_at(area, entry, frame, write);
	if (!write)
		map_around(area, address);
	return 0;
}

/* A write to a page of a shared area that is mapped read-only. */
static int fault_shared_write(struct area *area, page_entry *entry, user_address address)
{
	page_entry was = *entry;
	uint64_t interrupts;
	int error;

	error = tell_owner(area, address, frame_of(page_entry_address(was)));
	if (error)
		return error;
	interrupts = spinlock_acquire(&area->space->tables_lock);
	/* tell_owner() may sleep: the page may have been truncated, and another frame be there. */
	if (*entry == was)
		*entry = page_entry_address(was) | area_page_flags(area, true);
	spinlock_release(&area->space->tables_lock, interrupts);
	tlb_flush_page(address);
	return 0;
}

int cache_fault(struct area *area, user_address address, unsigned access)
{
	page_entry *entry = area_entry(area, address);

	if (!entry)
		return -ENOMEM;
	if (!*entry)
		return fault_absent(area, entry, address, access);
	if (access != AREA_WRITE || (*entry & PAGE_WRITE))
		return 0;
	if (area->flags & AREA_SHARED)
		return fault_shared_write(area, entry, address);
	return area_copy_on_write(area, entry, address);
}

static void cache_attach(struct area *area)
{
	uint64_t interrupts;

	debug_assert(area->cache && list_is_empty(&area->cache_link));
	page_cache_get(area->cache);
	interrupts = spinlock_acquire(&area->cache->areas_lock);
	list_add_last(&area->cache->areas, &area->cache_link);
	spinlock_release(&area->cache->areas_lock, interrupts);
}

static void cache_release(struct area *area)
{
	uint64_t interrupts = spinlock_acquire(&area->cache->areas_lock);

	debug_assert(!list_is_empty(&area->cache_link));
	list_remove(&area->cache_link);
	spinlock_release(&area->cache->areas_lock, interrupts);
	page_cache_put(area->cache);
}

const struct area_ops cache_ops = {
	.fault = cache_fault,
	.attach = cache_attach,
	.release = cache_release,
};
