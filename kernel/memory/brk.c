/* SPDX-License-Identifier: MIT */
/*
 * brk.c - the program break: the end of the heap, an area that grows upwards.
 *
 * brk(2), the call, never fails with an errno: it returns the break as it is afterwards, and a
 * program compares.  The break itself need not be on a page's border; the area ends at the next.
 *
 * Invariants: brk_start <= brk_end; the heap's areas lie in [brk_start, round_up(brk_end)), but a
 * program may unmap parts of it or map others over them, so nothing here assumes that one area
 * spans it. brk_start is set once, by exec, behind .bss (with a random gap, loader/layout.c).
 *
 * Locks: space->lock for writing during the whole move; brk_end is the number that two threads
 * which both grow the heap must not both read.
 */
#include "memory/address_space.h"

#include "abi/errno.h"
#include "abi/resource.h"
#include "abi/syscalls.h"
#include "memory/area.h"

#define HEAP_FLAGS                                                                                 \
	(AREA_READ | AREA_WRITE | AREA_HEAP | AREA_MAY_READ | AREA_MAY_WRITE | AREA_MAY_EXECUTE)

void brk_set_start(struct address_space *space, user_address start)
{
	space->brk_start = space->brk_end = start;
}

static bool exceeds_limit(struct address_space *space, user_address end)
{
	uint64_t limit = task_limit(RLIMIT_DATA);
	uint64_t data = space->data_end - space->data_start;

	return limit != RLIM_INFINITY && end - space->brk_start + data > limit;
}

/* Whether nothing is in the way, with the gap below a stack. */
static bool has_room(struct address_space *space, user_address from, user_address to)
{
	struct area *next;

	if (to > USER_END)
		return false;
	next = area_find(space, from);
	if (!next)
		return true;
	if (next->flags & AREA_GROWS_DOWN)
		to += STACK_GUARD_GAP;
	/* One page stays free above the heap, as on Linux: an overrun faults. */
	return to + PAGE_SIZE <= next->start;
}

static int heap_grow(struct address_space *space, user_address from, user_address to)
{
	uint32_t flags = HEAP_FLAGS | (space->locks_new ? AREA_LOCKED : 0) |
			 (space->locks_new && !space->fills_new ? AREA_LOCK_ON_FAULT : 0);
	struct area *area;
	int error;

	debug_assert(rwlock_write_held(&space->lock) && from < to);
	if (!has_room(space, from, to))
		return -ENOMEM;
	error = area_check_limits(space, (to - from) >> PAGE_SHIFT, flags);
	if (error)
		return error;
	/* The common case extends the heap's area in place: no descriptor, no tree operation.
	 * After mprotect or a hole, there is none that ends right here with the heap's flags: a
	 * new one begins. */
	area = from > space->brk_start ? area_find(space, from - PAGE_SIZE) : NULL;
	if (area && area->end == from && area->flags == flags && area->ops == &anonymous_ops) {
		area_resize(area, area->start, to);
		return 0;
	}
	area = area_alloc();
	if (!area)
		return -ENOMEM;
	area->space = space;
	area->start = from;
	area->end = to;
	area->flags = flags;
	area->ops = &anonymous_ops;
	area_enter(area);
	return 0;
}

static int brk_move(struct address_space *space, user_address to)
{
	user_address before = round_up(space->brk_end, PAGE_SIZE), after = round_up(to, PAGE_SIZE);
	int error = 0;

	if (to < space->brk_start || to > USER_END || exceeds_limit(space, to))
		return -ENOMEM;
	if (after > before)
		error = heap_grow(space, before, after);
	else if (after < before)
		error = area_unmap_locked(space, after, before);
	if (!error)
		space->brk_end = to;
	return error;
}

long sys_brk(user_address end)
{
	struct address_space *space = task_space();
	user_address before;
	bool fills;

	rwlock_write_acquire(&space->lock);
	before = round_up(space->brk_end, PAGE_SIZE);
	fills = space->fills_new;
	/* The error is lost on purpose: the C library compares what is returned with what it asked
	 * for and sets ENOMEM itself. brk(0) fails so and tells where the break is. */
	brk_move(space, end);
	end = space->brk_end;
	rwlock_write_release(&space->lock);
	/* mlockall(MCL_FUTURE): new memory is there at once. */
	if (fills && end > before)
		area_populate(space, before, end - before, HEAP_FLAGS);
	return end;
}
