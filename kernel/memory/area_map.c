/* SPDX-License-Identifier: MIT */
/*
 * area_map.c - map, unmap and protect ranges of an address space (mmap(2), munmap(2), mprotect(2)).
 *
 * Each change first checks and reserves all that can fail (limits, area descriptors for the
 * splits), and then commits.  Which error wins where several apply follows Linux.
 *
 * Locks: the functions named _locked want space->lock for writing; the others take it themselves
 * and copy nothing from or to user memory meanwhile.
 *
 * MAP_FIXED replaces what is there in one step under the lock: no other thread ever sees the hole
 * between unmapping and mapping, which is why a program may put maps over its reservations.
 */
#include "memory/area.h"

#include "abi/errno.h"
#include "abi/prctl.h"

/* Where a fixed request may go: 0 or -errno. */
static int check_fixed(struct address_space *space, const struct map_request *request,
		       uint64_t bytes)
{
	/* In this order: a range past the end is ENOMEM even when it is not on a page, as with
	 * Linux's get_unmapped_area(). */
	if (request->address > USER_END - bytes)
		return -ENOMEM;
	if (request->address & ~PAGE_MASK)
		return -EINVAL;
	if (request->address < LOWEST_ADDRESS && !capable(CAP_SYS_RAWIO))
		return -EPERM;
	if (request->no_replace &&
	    !area_range_is_free(space, request->address, request->address + bytes))
		return -EEXIST;
	return 0;
}

/* A hint is taken if the place is free, with the gap that a stack above or below wants. */
static bool hint_is_usable(struct address_space *space, user_address hint, uint64_t bytes)
{
	struct area *next;

	if (!hint || hint > USER_END - bytes)
		return false;
	next = area_find(space, hint);
	if (!next)
		return true;
	if (next->flags & AREA_GROWS_DOWN)
		bytes += STACK_GUARD_GAP;
	return next->start >= hint && next->start - hint >= bytes;
}

static int choose_place(struct address_space *space, const struct map_request *request,
			uint64_t bytes, user_address *at)
{
	user_address hint = min(request->address, USER_END) & PAGE_MASK;

	if (bytes > USER_END)
		return -ENOMEM;
	if (request->fixed) {
		*at = request->address;
		return check_fixed(space, request, bytes);
	}
	if (hint)
		hint = max(hint, LOWEST_ADDRESS);
	*at = hint_is_usable(space, hint, bytes)
		      ? hint
		      : area_place(space, bytes, request->top ? request->top : space->mmap_top);
	return *at ? 0 : -ENOMEM;
}

static uint64_t pages_covered(struct address_space *space, user_address start, user_address end)
{
	uint64_t bytes = 0;

	for (struct area *area = area_find(space, start); area && area->start < end;
	     area = area_next(area))
		bytes += min(area->end, end) - max(area->start, start);
	return bytes >> PAGE_SHIFT;
}

int area_unmap_locked(struct address_space *space, user_address start, user_address end)
{
	struct area *area, *next;
	int error;

	debug_assert(rwlock_write_held(&space->lock) && start <= end);
	debug_assert(!((start | end) & ~PAGE_MASK));
	if (start == end || area_range_is_free(space, start, end))
		return 0;
	error = area_cut(space, start, end);
	if (error)
		return error;
	pages_unmap_and_prune(space, start, end);
	for (area = area_find(space, start); area && area->start < end; area = next) {
		next = area_next(area);
		area_leave(area);
	}
	return 0;
}

static uint32_t flags_of(const struct address_space *space, const struct map_request *request)
{
	return request->flags | (space->locks_new ? AREA_LOCKED : 0) |
	       (space->locks_new && !space->fills_new ? AREA_LOCK_ON_FAULT : 0);
}

/* What would be covered twice counts once. */
static int check_limits(struct address_space *space, const struct map_request *request,
			user_address at, uint64_t bytes)
{
	uint64_t pages = bytes >> PAGE_SHIFT;

	if (space->area_count >= AREA_COUNT_MAX)
		return -ENOMEM;
	if (request->fixed)
		pages -= pages_covered(space, at, at + bytes);
	return area_check_limits(space, pages, flags_of(space, request));
}

int area_map_locked(struct address_space *space, const struct map_request *request,
		    user_address *at)
{
	uint64_t bytes = round_up(request->bytes, PAGE_SIZE);
	struct area *area;
	int error;

	if (request->bytes == 0)
		return -EINVAL;
	if (bytes == 0)
		return -ENOMEM;
	debug_assert(rwlock_write_held(&space->lock) && request->ops);
	error = choose_place(space, request, bytes, at);
	if (!error)
		error = check_limits(space, request, *at, bytes);
	if (error)
		return error;
	/* Before anything is unmapped: when this fails the old maps are still there. */
	area = area_alloc();
	if (!area)
		return -ENOMEM;
	error = area_unmap_locked(space, *at, *at + bytes);
	if (error) {
		area_free(area);
		return error;
	}
	/* cannot fail from here */
	area->space = space;
	area->start = *at;
	area->end = *at + bytes;
	area->flags = flags_of(space, request);
	area->ops = request->ops;
	area->cache = request->cache;
	area->offset = request->offset;
	area->file = request->file;
	area_enter(area);
	/* A malloc that maps ten times next to itself ends with one area, and so with one line in
	 * /proc/PID/maps, as programs that parse it expect. */
	area_merge(area);
	return 0;
}

void area_populate(struct address_space *space, user_address start, uint64_t bytes,
		   uint32_t flags)
{
	/* Private writable pages are broken from the file or the zero frame at once, as
	 * MAP_POPULATE does by its write faults; shared ones are only read, so that they do not
	 * become dirty. */
	bool write = (flags & (AREA_WRITE | AREA_SHARED)) == AREA_WRITE;

	for (user_address at = start; at < start + bytes; at += PAGE_SIZE)
		if (address_space_fault(space, at, write ? AREA_WRITE : AREA_READ))
			return;
}

int area_map(struct address_space *space, const struct map_request *request, user_address *at)
{
	int error;

	rwlock_write_acquire(&space->lock);
	error = area_map_locked(space, request, at);
	rwlock_write_release(&space->lock);
	/* Outside of the lock, which a fault takes for itself. Another thread may unmap meanwhile:
	 * then the fault fails and populating ends. */
	if (!error && (request->populate || space->fills_new))
		area_populate(space, *at, request->bytes, request->flags);
	return error;
}

static bool range_is_valid(user_address start, uint64_t bytes)
{
	return !(start & ~PAGE_MASK) && bytes <= USER_END && start <= USER_END - bytes;
}

int area_unmap(struct address_space *space, user_address start, uint64_t bytes)
{
	int error;

	if (!range_is_valid(start, bytes) || !bytes)
		return -EINVAL;
	bytes = round_up(bytes, PAGE_SIZE);
	rwlock_write_acquire(&space->lock);
	error = area_unmap_locked(space, start, start + bytes);
	rwlock_write_release(&space->lock);
	return error;
}

/* ---- protection ---- */

static bool may_have(const struct area *area, uint32_t protection)
{
	return (!(protection & AREA_READ) || (area->flags & AREA_MAY_READ)) &&
	       (!(protection & AREA_WRITE) || (area->flags & AREA_MAY_WRITE)) &&
	       (!(protection & AREA_EXECUTE) || (area->flags & AREA_MAY_EXECUTE));
}

/* As areas_change() asks; `wanted`: the AREA_PROTECTION bits. */
static int protect_one(struct area *area, user_address start, user_address end, const void *wanted)
{
	struct address_space *space = area->space;
	uint32_t protection = *(const uint32_t *)wanted;
	uint32_t flags = (area->flags & ~AREA_PROTECTION) | protection;
	int error;

	if (!may_have(area, protection))
		return -EACCES;
	if (flags == area->flags)
		return 0;
	/* Pages that become writable begin to count as data (RLIMIT_DATA). */
	if ((flags & ~area->flags & AREA_WRITE) && !(flags & AREA_SHARED)) {
		error = area_check_limits(space, 0, flags); /* more data, not more pages */
		if (error)
			return error;
	}
	error = area_cut(space, start, end);
	if (error)
		return error;

	area = area_find(space, start);
	area_set_flags(area, flags);
	pages_protect(area, start, end);
	area_merge(area);
	return 0;
}

int areas_change(struct address_space *space, user_address start, user_address end,
		 int (*change)(struct area *area, user_address start, user_address end,
			       const void *how),
		 const void *how)
{
	while (start < end) {
		struct area *area = area_find(space, start);
		user_address stop;
		int error;

		if (!area || area->start > start)
			return -ENOMEM;
		stop = min(area->end, end);
		error = change(area, start, stop, how);
		if (error)
			return error;
		start = stop;
	}
	return 0;
}

int area_protect(struct address_space *space, user_address start, uint64_t bytes,
		 uint32_t protection)
{
	int error;

	if (start & ~PAGE_MASK)
		return -EINVAL;
	if (!bytes)
		return 0;
	bytes = round_up(bytes, PAGE_SIZE);
	if (!bytes || !range_is_valid(start, bytes))
		return -ENOMEM;
	rwlock_write_acquire(&space->lock);
	error = areas_change(space, start, start + bytes, protect_one, &protection);
	rwlock_write_release(&space->lock);
	return error;
}
