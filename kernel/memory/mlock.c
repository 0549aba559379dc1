/* SPDX-License-Identifier: MIT */
/*
 * mlock.c - what keeps pages in memory or asks whether they are: mlock(2) and its family,
 * mincore(2), msync(2).
 *
 * No page of a program is ever written out and taken away, so a lock has nothing to prevent: it
 * faults the pages in and is done.
 *
 * Errors (mlock(2), mincore(2), msync(2)): ENOMEM where some of the range is not mapped, EINVAL
 * for flags or alignment, mincore's EFAULT only for the vector. RLIMIT_MEMLOCK is not enforced,
 * since a lock takes nothing from anybody.
 *
 * Locks: is_covered() and page_residence() take the area lock for reading and leave it before user
 * memory is touched; between two pages everything may change, as on Linux.
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/mman.h"
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

static long lock_range(user_address start, size_t length, bool fault_in)
{
	user_address end;

	if (!to_pages(&start, length, &end))
		return -EINVAL;
	if (!is_covered(start, end))
		return -ENOMEM;
	for (; fault_in && start < end; start += PAGE_SIZE)
		if (address_space_fault(task_space(), start, AREA_READ))
			return -ENOMEM;
	return 0;
}

long sys_mlock(user_address address, size_t length)
{
	return lock_range(address, length, true);
}

long sys_munlock(user_address address, size_t length)
{
	return lock_range(address, length, false);
}

long sys_mlockall(int flags)
{
	bool known = !(flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT));

	return known && (flags & (MCL_CURRENT | MCL_FUTURE)) ? 0 : -EINVAL;
}

long sys_munlockall(void)
{
	return 0;
}

long sys_msync(user_address start, size_t length, int flags)
{
	user_address end;

	if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) || (start & ~PAGE_MASK) ||
	    (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
		return -EINVAL;
	if (!to_pages(&start, length, &end))
		return -ENOMEM;
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
