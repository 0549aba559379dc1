/* SPDX-License-Identifier: MIT */
/*
 * madvise.c - madvise(2): what a program knows about its memory.
 *
 * MADV_DONTNEED and MADV_FREE throw pages away (free memory comes back as zeros, a file's pages as
 * the file has them); the fork advices change areas; most others are hints that need no answer.
 * A range with gaps is served where it is mapped and then refused with ENOMEM, as on Linux.
 *
 * MADV_FREE may keep the pages until memory is short (madvise(2)); to drop them at once is within
 * what it promises, and a write after it makes new ones either way.
 *
 * Order of checks, as on Linux: the advice, the alignment of start (length is rounded up), a wrap
 * (all EINVAL); length 0 is success; only then are areas looked at.
 *
 * Locks: the address space's for writing, except while pages are populated, which faults.
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/mman.h"
#include "abi/syscalls.h"
#include "memory/area.h"
#include "memory/page_cache.h"

/* Punches a hole into what a shared area maps. */
static int remove_pages(struct area *area, user_address start, user_address end)
{
	uint64_t first = (area->offset + (start - area->start)) >> PAGE_SHIFT;
	uint64_t last = first + ((end - start) >> PAGE_SHIFT) - 1;

	if (!area->cache)
		return -EINVAL;
	if (!(area->flags & AREA_SHARED) || !(area->flags & AREA_WRITE))
		return -EACCES;
	assert(rwlock_write_held(&area->space->lock));
	areas_unmap_cache(area->cache, first, last, false);
	page_cache_drop_range(area->cache, first, last);
	/* Again, because a fault may have mapped a page between the unmapping and the drop. */
	areas_unmap_cache(area->cache, first, last, false);
	return 0;
}

/* The advice for [start, end), which lies in `area`; the lock is held for writing. */
static int advise(struct area *area, user_address start, user_address end, int advice)
{
	bool is_private_anonymous = !area->cache && !(area->flags & AREA_SHARED);

	assert(area->start <= start && start < end && end <= area->end);

	if ((area->flags & AREA_LOCKED) &&
	    (advice == MADV_FREE || advice == MADV_DONTNEED || advice == MADV_REMOVE))
		return -EINVAL;
	switch (advice) {
	case MADV_FREE:
		if (!is_private_anonymous)
			return -EINVAL;
		pages_unmap(area->space, start, end);
		return 0;
	case MADV_DONTNEED:
	case MADV_DONTNEED_LOCKED:
		pages_unmap(area->space, start, end);
		return 0;
	case MADV_REMOVE:
		return remove_pages(area, start, end);
	case MADV_DONTFORK:
		return area_change_flags(area, start, end, AREA_DONT_FORK, 0);
	case MADV_DOFORK:
		return area_change_flags(area, start, end, 0, AREA_DONT_FORK);
	case MADV_WIPEONFORK:
		if (!is_private_anonymous || area->file)
			return -EINVAL;
		return area_change_flags(area, start, end, AREA_WIPE_ON_FORK, 0);
	case MADV_KEEPONFORK:
		return area_change_flags(area, start, end, 0, AREA_WIPE_ON_FORK);
	default:
		return 0; /* a hint */
	}
}

static int advise_range(struct address_space *space, user_address start, user_address end,
			int advice)
{
	int gap = 0;

	while (start < end) {
		struct area *area = area_find(space, start);
		user_address stop;
		int error;

		if (!area || area->start >= end)
			return -ENOMEM;
		if (area->start > start) {
			gap = -ENOMEM;
			start = area->start;
		}
		stop = min(area->end, end);
		error = advise(area, start, stop, advice);
		if (error)
			return error;
		start = stop;
	}
	return gap;
}

static int populate_error(struct address_space *space, user_address at, int error)
{
	bool covered;

	if (error == -ENOMEM)
		return error;
	/* Past the end of a file: what would be SIGBUS is EFAULT for MADV_POPULATE_*
	 * (madvise(2)). */
	if (error == -EIO)
		return -EFAULT;
	rwlock_read_acquire(&space->lock);
	covered = area_range_is_covered(space, at, at + PAGE_SIZE);
	rwlock_read_release(&space->lock);
	return covered ? -EINVAL : -ENOMEM; /* it forbids the access; there is none */
}

/* MADV_POPULATE_READ and _WRITE fault pages in, without the lock. */
static int populate(struct address_space *space, user_address start, user_address end,
		    unsigned access)
{
	for (; start < end; start += PAGE_SIZE) {
		int error = address_space_fault(space, start, access);

		if (error)
			return populate_error(space, start, error);
	}
	return 0;
}

static bool advice_is_known(int advice)
{
	return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) ||
	       (advice >= MADV_FREE && advice <= MADV_DONTNEED_LOCKED);
}

long sys_madvise(user_address start, size_t length, int advice)
{
	struct address_space *space = task_space();
	uint64_t bytes = round_up(length, PAGE_SIZE);
	int error;

	if (!advice_is_known(advice) || (start & ~PAGE_MASK) || (length && !bytes) ||
	    start + bytes < start)
		return -EINVAL;
	if (!bytes)
		return 0;
	if (advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE)
		return populate(space, start, start + bytes,
				advice == MADV_POPULATE_READ ? AREA_READ : AREA_WRITE);
	rwlock_write_acquire(&space->lock);
	error = advise_range(space, start, start + bytes, advice);
	rwlock_write_release(&space->lock);
	return error;
}
