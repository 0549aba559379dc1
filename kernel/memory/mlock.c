/* SPDX-License-Identifier: MIT */
/*
 * mlock.c - what keeps pages in memory or asks whether they are: mlock(2) and its family,
 * mincore(2), msync(2).
 *
 * No page of a program is ever written out and taken away, so a lock has nothing to prevent: it
 * faults the pages in, and counts them, because RLIMIT_MEMLOCK says how many may be locked.
 *
 * Errors (mlock(2), mincore(2), msync(2)): ENOMEM where some of the range is not mapped, EINVAL
 * for flags or alignment, mincore's EFAULT only for the vector; EPERM where nothing may be
 * locked, and mlock's ENOMEM also for more than RLIMIT_MEMLOCK.
 *
 * Locks: is_covered() and page_residence() take the area lock for reading and leave it before user
 * memory is touched; between two pages everything may change, as on Linux.
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/mman.h"
#include "abi/prctl.h"
#include "abi/resource.h"
#include "abi/syscalls.h"
#include "memory/area.h"
#include "memory/page_cache.h"
#include "memory/user_copy.h"

static bool is_covered(user_address start, user_address end)
{
	struct address_space *space = task_space();
	bool covered;

	rwlock_read_acquire(&space->lock);
	covered = area_range_is_covered(space, start, end);
	rwlock_read_release(&space->lock);
	return covered;
}

/* Rounds outwards to pages; false: it wraps. */
static bool to_pages(user_address *start, size_t length, user_address *end)
{
	*end = round_up(*start % PAGE_SIZE + length, PAGE_SIZE);
	*start = round_down(*start, PAGE_SIZE);
	return !__builtin_add_overflow(*start, *end, end);
}

/* ---- locks ---- */

/* With a limit of 0 and no privilege mlock(2) is EPERM, not ENOMEM. */
static bool may_lock_at_all(void)
{
	return task_limit(RLIMIT_MEMLOCK) || capable(CAP_IPC_LOCK);
}

struct lock_change {
	uint32_t set, clear; /* of AREA_LOCKED, AREA_LOCK_ON_FAULT */
};
static const struct lock_change lock_on = { AREA_LOCKED, AREA_LOCK_ON_FAULT };
static const struct lock_change lock_on_fault = { AREA_LOCKED | AREA_LOCK_ON_FAULT, 0 };
static const struct lock_change lock_off = { 0, AREA_LOCKED | AREA_LOCK_ON_FAULT };

/* Special areas (AREA_SPECIAL) are skipped without an error, as Linux skips VM_SPECIAL. */
static int change_lock(struct area *area, user_address start, user_address end, const void *how)
{
	const struct lock_change *change = how;

	if (area->flags & AREA_SPECIAL)
		return 0;
	return area_change_flags(area, start, end, change->set, change->clear);
}

/* In [start, end): locking them again costs nothing of the limit. */
static uint64_t pages_locked(struct address_space *space, user_address start, user_address end)
{
	uint64_t bytes = 0;

	for (struct area *area = area_find(space, start); area && area->start < end;
	     area = area_next(area))
		if (area->flags & AREA_LOCKED)
			bytes += min(area->end, end) - max(area->start, start);
	return bytes >> PAGE_SHIFT;
}

/* The lock is held for writing, so the count and the change are one step. */
static int lock_locked(struct address_space *space, user_address start, user_address end,
		       const struct lock_change *change)
{
	uint64_t more = ((end - start) >> PAGE_SHIFT) - pages_locked(space, start, end);

	assert(rwlock_write_held(&space->lock));
	if (!area_may_lock(space, more))
		return -ENOMEM;
	return areas_change(space, start, end, change_lock, change);
}

/* The faults come after the lock is released: they take it themselves.  What cannot be faulted in
 * stays locked, as on Linux, and is ENOMEM. */
static long lock_range(user_address start, size_t length, bool fault_in)
{
	struct address_space *space = task_space();
	user_address end;
	int error;

	if (!may_lock_at_all())
		return -EPERM;
	if (!to_pages(&start, length, &end))
		return -EINVAL;
	rwlock_write_acquire(&space->lock);
	error = lock_locked(space, start, end, fault_in ? &lock_on : &lock_on_fault);
	rwlock_write_release(&space->lock);
	for (; fault_in && !error && start < end; start += PAGE_SIZE)
		if (address_space_fault(space, start, AREA_READ))
			error = -ENOMEM;
	return error;
}

long sys_mlock(user_address address, size_t length)
{
	return lock_range(address, length, true);
}

long sys_mlock2(user_address address, size_t length, unsigned flags)
{
	if (flags & ~MLOCK_ONFAULT)
		return -EINVAL;
	return lock_range(address, length, !(flags & MLOCK_ONFAULT));
}

long sys_munlock(user_address start, size_t length)
{
	struct address_space *space = task_space();
	user_address end;
	int error;

	if (!to_pages(&start, length, &end))
		return -EINVAL;
	rwlock_write_acquire(&space->lock);
	error = areas_change(space, start, end, change_lock, &lock_off);
	rwlock_write_release(&space->lock);
	return error;
}

/* Whole areas only, so nothing is cut and nothing can fail. */
static void change_all(struct address_space *space, const struct lock_change *change)
{
	struct area *area = area_first(space);

	assert(rwlock_write_held(&space->lock));
	while (area) {
		user_address end = area->end; /* it may become part of another */

		if (!(area->flags & AREA_SPECIAL))
			area_change_flags(area, area->start, end, change->set, change->clear);
		area = area_find(space, end);
	}
}

/* As far as the areas allow it. */
static void fault_in_all(struct address_space *space)
{
	user_address at = 0, end;
	struct area *area;

	for (;; at = end) {
		rwlock_read_acquire(&space->lock);
		area = area_find(space, at);
		at = area ? area->start : at;
		end = area ? area->end : at;
		rwlock_read_release(&space->lock);
		if (!area)
			return;
		while (at < end && !address_space_fault(space, at, AREA_READ))
			at += PAGE_SIZE;
	}
}

/* MCL_FUTURE is kept in the space: mmap(2) and brk(2) ask it. */
long sys_mlockall(int flags)
{
	struct address_space *space = task_space();

	if ((flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) ||
	    !(flags & (MCL_CURRENT | MCL_FUTURE)))
		return -EINVAL;
	if (!may_lock_at_all())
		return -EPERM;
	rwlock_write_acquire(&space->lock);
	if ((flags & MCL_CURRENT) && !capable(CAP_IPC_LOCK) &&
	    space->total_pages > task_limit(RLIMIT_MEMLOCK) >> PAGE_SHIFT) {
		rwlock_write_release(&space->lock);
		return -ENOMEM;
	}
	space->locks_new = flags & MCL_FUTURE;
	space->fills_new = space->locks_new && !(flags & MCL_ONFAULT);
	if (flags & MCL_CURRENT)
		change_all(space, flags & MCL_ONFAULT ? &lock_on_fault : &lock_on);
	rwlock_write_release(&space->lock);
	if ((flags & MCL_CURRENT) && !(flags & MCL_ONFAULT))
		fault_in_all(space);
	return 0;
}

long sys_munlockall(void)
{
	struct address_space *space = task_space();

	rwlock_write_acquire(&space->lock);
	space->locks_new = space->fills_new = false;
	change_all(space, &lock_off);
	rwlock_write_release(&space->lock);
	return 0;
}

static bool is_locked(user_address start, user_address end)
{
	struct address_space *space = task_space();
	bool locked;

	rwlock_read_acquire(&space->lock);
	locked = pages_locked(space, start, end);
	rwlock_read_release(&space->lock);
	return locked;
}

/* Files are memory here, so there is nothing to write: only the arguments are looked at. */
long sys_msync(user_address start, size_t length, int flags)
{
	user_address end;

	if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) || (start & ~PAGE_MASK) ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	if (!to_pages(&start, length, &end))
		return -ENOMEM;
	if ((flags & MS_INVALIDATE) && is_locked(start, end))
		return -EBUSY;
	return is_covered(start, end) ? 0 : -ENOMEM;
}

/* ---- mincore ---- */

static bool page_is_in_cache(struct area *area, user_address at)
{
	uint64_t index = (area->offset + (at - area->start)) >> PAGE_SHIFT;
	struct frame *frame = area->cache ? page_cache_find(area->cache, index) : NULL;

	if (frame)
		frame_put(frame);
	return frame;
}

/* One page: 1 resident, 0 not, -ENOMEM not mapped. */
static int page_residence(struct address_space *space, user_address at)
{
	struct area *area;
	unsigned level;
	int result = -ENOMEM;

	rwlock_read_acquire(&space->lock);
	area = area_find(space, at);
	if (area && area->start <= at)
		/* A page that is in the file's cache is resident even if this program never
		 * touched it. */
		result = *page_table_walk(space->root, at, &level) != 0 ||
			 page_is_in_cache(area, at);
	rwlock_read_release(&space->lock);
	return result;
}

/* By pieces of 64 pages, since user memory is not written under the lock. */
long sys_mincore(user_address start, size_t length, user_address vector)
{
	struct address_space *space = task_space();
	uint64_t pages = (length >> PAGE_SHIFT) + (length % PAGE_SIZE != 0);
	uint8_t results[64];

	if (start & ~PAGE_MASK)
		return -EINVAL;
	if (!user_range_valid(start, length))
		return -ENOMEM;
	if (!user_range_valid(vector, pages))
		return -EFAULT;
	for (uint64_t done = 0; done < pages;) {
		uint64_t count = min(pages - done, sizeof(results));

		for (uint64_t i = 0; i < count; i++) {
			int result = page_residence(space, start + ((done + i) << PAGE_SHIFT));

			if (result < 0)
				return result;
			results[i] = result;
		}
		if (user_put(vector + done, results, count))
			return -EFAULT;
		done += count;
	}
	return 0;
}
