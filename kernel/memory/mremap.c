/* SPDX-License-Identifier: MIT */
/*
 * mremap.c - mremap(2): an area shrinks, grows where it is, or moves with its pages.
 *
 * To move is to map the same thing at another place and carry the entries over; no byte is copied.
 * The new area is in its tree before the first entry moves, so truncation finds every page at one
 * of the two.  When a table cannot be had, the entries go back.
 *
 * mremap(2). Errors: EINVAL for flags, alignment, overlap of old and new; EFAULT where the old
 * range is not within one area; ENOMEM for limits, or when growing in place is impossible and
 * MREMAP_MAYMOVE is not given. An old length of 0 on a shared area makes a second mapping.
 *
 * Locks: space->lock for writing from the first look to the last change; entries under
 * tables_lock.
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/mman.h"
#include "abi/prctl.h"
#include "abi/syscalls.h"
#include "memory/area.h"

struct remap { /* lengths in bytes, rounded to pages */
	struct address_space *space;
	user_address old, new;
	uint64_t old_length, new_length;
	uint64_t flags;
	uint32_t area_flags; /* of the area that grows */
};

/* ---- entries ---- */

/* false: there is no memory for a table; nothing has moved. */
static bool entry_move(struct address_space *space, user_address from, user_address to)
{
	unsigned level;
	page_entry *source = page_table_walk(space->root, from, &level), *target;

	if (level > 1 || !*source)
		return true;
	target = page_table_walk_create(space->root, to);
	if (!target)
		return false;
	/* The frame's count moves along: the entry is the owner, wherever it is. */
	page_entry_set(target, page_entry_clear(source));
	return true;
}

/* How far it came: `bytes`, unless a table could not be had.  Where there are no tables there is
 * nothing to move: a large area that was hardly touched costs as little as a small one. */
static uint64_t entries_carry(struct address_space *space, user_address from, user_address to,
			      uint64_t bytes)
{
	uint64_t done = 0;

	assert(spinlock_held(&space->tables_lock));
	for (;; done += PAGE_SIZE) {
		done = page_table_skip(space->root, from + done, from + bytes) - from;
		if (done == bytes || !entry_move(space, from + done, to + done))
			return done;
	}
}

/* All or nothing.  One flush at the end: until then the task itself is in here, and user mode
 * cannot look. */
static bool entries_move(struct address_space *space, user_address from, user_address to,
			 uint64_t bytes)
{
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);
	uint64_t done = entries_carry(space, from, to, bytes);

	if (done < bytes) /* the old tables are all still there */
		entries_carry(space, to, from, done);
	spinlock_release(&space->tables_lock, interrupts);
	/* The old addresses must not reach the frames any more, even if they are mapped anew. */
	if (space->root == page_table_loaded())
		tlb_flush_all();
	return done == bytes;
}

static void prune(struct address_space *space, user_address start, user_address end)
{
	uint64_t interrupts = spinlock_acquire(&space->tables_lock);

	page_table_prune(space->root, start, end);
	spinlock_release(&space->tables_lock, interrupts);
}

/* ---- moving; the lock is held for writing ---- */

/* What is mapped at `old`, but at `new`: offset, file and flags are the same. */
static struct area *area_like(const struct area *area, user_address old, user_address new,
			      uint64_t bytes)
{
	struct area *copy = area_alloc();

	if (!copy)
		return NULL;
	copy->space = area->space;
	copy->start = new;
	copy->end = new + bytes;
	copy->flags = area->flags;
	copy->ops = area->ops;
	copy->cache = area->cache;
	copy->file = area->file;
	copy->offset = area->offset + (old - area->start);
	return copy;
}

/* Moves [old, old + old_length), which lies in one area, to the free place `new`. */
static int move(struct remap *remap)
{
	struct address_space *space = remap->space;
	user_address old_end = remap->old + remap->old_length;
	struct area *copy;
	int error;

	assert(rwlock_write_held(&space->lock) && remap->old_length);
	error = area_cut(space, remap->old, old_end);
	if (error)
		return error;
	copy = area_like(area_find(space, remap->old), remap->old, remap->new, remap->new_length);
	if (!copy)
		goto undo_cut;
	area_enter(copy);
	if (!entries_move(space, remap->old, remap->new,
			  min(remap->old_length, remap->new_length)))
		goto undo_copy;
	if (!(remap->flags & MREMAP_DONTUNMAP)) { /* before it is merged with the new one */
		prune(space, remap->old, old_end);
		area_leave(area_find(space, remap->old));
	}
	area_merge(copy);
	return 0;

undo_copy:
	area_leave(copy);
	prune(space, remap->new, remap->new + remap->new_length);
undo_cut:
	area_merge(area_find(space, remap->old));
	return -ENOMEM;
}

/* Only the growth counts, unless the old range stays. */
static int limits_for(struct remap *remap, const struct area *area)
{
	uint64_t more = remap->new_length;

	if (!(remap->flags & MREMAP_DONTUNMAP))
		more -= min(remap->old_length, more);
	/* Two cuts at most are made on the way. */
	if (remap->space->area_count + 2 >= AREA_COUNT_MAX)
		return -ENOMEM;
	return area_check_limits(remap->space, more >> PAGE_SHIFT, area->flags);
}

/* The area that [old, old + old_length) lies in, checked as Linux does; or an error. */
static int find_old(struct remap *remap, struct area **area)
{
	*area = area_find(remap->space, remap->old);
	if (!*area || (*area)->start > remap->old)
		return -EFAULT;
	remap->area_flags = (*area)->flags;
	if (!remap->old_length && !((*area)->flags & AREA_SHARED))
		return -EINVAL;
	if (((*area)->flags & AREA_SPECIAL) && (remap->flags & MREMAP_DONTUNMAP))
		return -EINVAL;
	if (remap->old_length > (*area)->end - remap->old)
		return -EFAULT;
	if (((*area)->flags & AREA_SPECIAL) && remap->new_length > remap->old_length)
		return -EFAULT;
	return limits_for(remap, *area);
}

/* An old length of 0: a second mapping of the same shared pages. */
static int duplicate(struct remap *remap, const struct area *area)
{
	struct area *copy = area_like(area, remap->old, remap->new, remap->new_length);

	assert(!remap->old_length && (area->flags & AREA_SHARED));
	if (!copy)
		return -ENOMEM;
	area_enter(copy);
	area_merge(copy);
	return 0;
}

static int move_or_duplicate(struct remap *remap, const struct area *area)
{
	return remap->old_length ? move(remap) : duplicate(remap, area);
}

/* MREMAP_FIXED and MREMAP_DONTUNMAP.  In Linux's order, which shows: what lies at `new` is
 * unmapped, and a shrinking tail as well, before the old range is looked at. */
static int remap_to(struct remap *remap)
{
	struct address_space *space = remap->space;
	struct area *area;
	int error;

	if ((remap->new & ~PAGE_MASK) || remap->new_length > USER_END ||
	    remap->new > USER_END - remap->new_length)
		return -EINVAL;
	if (remap->old + remap->old_length > remap->new &&
	    remap->new + remap->new_length > remap->old && (remap->flags & MREMAP_FIXED))
		return -EINVAL;
	if (remap->flags & MREMAP_FIXED) {
		error = area_unmap_locked(space, remap->new, remap->new + remap->new_length);
		if (error)
			return error;
	}
	if (remap->old_length > remap->new_length) {
		error = area_unmap_locked(space, remap->old + remap->new_length,
					  remap->old + remap->old_length);
		if (error)
			return error;
		remap->old_length = remap->new_length;
	}
	error = find_old(remap, &area);
	if (error)
		return error;
	if ((remap->flags & MREMAP_FIXED) && remap->new < LOWEST_ADDRESS && !capable(CAP_SYS_RAWIO))
		return -EPERM;
	if (!(remap->flags & MREMAP_FIXED)) {
		if (!remap->new ||
		    !area_range_is_free(space, remap->new, remap->new + remap->new_length))
			remap->new = area_place(space, remap->new_length, space->mmap_top);
		if (!remap->new)
			return -ENOMEM;
	}
	return move_or_duplicate(remap, area);
}

static bool can_grow(struct remap *remap, struct area *area)
{
	user_address end = remap->old + remap->new_length;

	/* Only the tail of an area can grow in place, and only into free addresses. */
	return area->end == remap->old + remap->old_length && remap->old_length &&
	       end > area->end && end <= USER_END &&
	       area_range_is_free(remap->space, area->end, end);
}

/* Shrinking is unmapping the tail; growing is tried in place before it moves. */
static int remap_locked(struct remap *remap)
{
	struct address_space *space = remap->space;
	struct area *area;
	int error;

	if (remap->flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		return remap_to(remap);
	remap->new = remap->old;
	if (remap->old_length >= remap->new_length) {
		area = area_find(space, remap->old);
		if (!area || area->start > remap->old)
			return -EFAULT;
		return area_unmap_locked(space, remap->old + remap->new_length,
					 remap->old + remap->old_length);
	}
	error = find_old(remap, &area);
	if (error)
		return error;
	if (can_grow(remap, area)) {
		area_resize(area, area->start, remap->old + remap->new_length);
		area_merge(area);
		return 0;
	}
	if (!(remap->flags & MREMAP_MAYMOVE))
		return -ENOMEM;
	remap->new = area_place(space, remap->new_length, space->mmap_top);
	return remap->new ? move_or_duplicate(remap, area) : -ENOMEM;
}

static bool flags_are_valid(uint64_t flags, uint64_t old_length, uint64_t new_length)
{
	if (flags & ~(uint64_t)(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP))
		return false;
	if ((flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) && !(flags & MREMAP_MAYMOVE))
		return false;
	return !(flags & MREMAP_DONTUNMAP) || old_length == new_length;
}

/* What a locked area got has its pages at once, as by mlock().  Without the lock. */
static void growth_populate(const struct remap *remap)
{
	if (remap->new_length > remap->old_length &&
	    (remap->area_flags & (AREA_LOCKED | AREA_LOCK_ON_FAULT)) == AREA_LOCKED)
		area_populate(remap->space, remap->new + remap->old_length,
			      remap->new_length - remap->old_length, remap->area_flags);
}

long sys_mremap(user_address old, size_t old_length, size_t new_length, uint64_t flags,
		user_address new)
{
	struct remap remap = {
		.space = task_space(), .old = old, .new = new, .flags = flags,
		.old_length = round_up(old_length, PAGE_SIZE),
		.new_length = round_up(new_length, PAGE_SIZE),
	};
	int error;

	if (!flags_are_valid(flags, old_length, new_length) || (old & ~PAGE_MASK) ||
	    !remap.new_length)
		return -EINVAL;
	if (old > USER_END || remap.old_length > USER_END - old)
		return -EFAULT;
	if (remap.new_length > USER_END)
		return -ENOMEM;
	if (!(flags & MREMAP_FIXED) && (flags & MREMAP_DONTUNMAP))
		remap.new &= PAGE_MASK;
	rwlock_write_acquire(&remap.space->lock);
	error = remap_locked(&remap);
	rwlock_write_release(&remap.space->lock);
	if (error)
		return error;
	growth_populate(&remap);
	return (long)remap.new;
}
