/* SPDX-License-Identifier: MIT */
/*
 * area.c - the tree of areas of an address space.
 *
 * Invariants, whenever the lock is free: areas do not overlap; start and end are page-aligned and
 * start < end; no two neighbours could be one (area_merge); total_pages, data_pages and
 * locked_pages are the sums over all areas; an area in the tree counts its file and is between
 * ops->attach and ops->release; its `gap` is the room for new areas below it, `widest_gap` the most
 * in its subtree.  Only this file changes the tree and the borders; area_find.c asks.
 *
 * Accounts: total_pages is what RLIMIT_AS limits, data_pages what RLIMIT_DATA does (getrlimit(2)):
 * private, writable and no stack, as Linux's is_data_mapping(); locked_pages what RLIMIT_MEMLOCK
 * does. totals_add() is the only place that changes them.
 *
 * Locks: changes want space->lock for writing; a space whose count is 0 is being taken apart and is
 * nobody else's.
 */
#include "memory/area.h"

#include "abi/errno.h"
#include "abi/prctl.h"
#include "abi/resource.h"
#include "memory/heap.h"
#include "memory/page_cache.h"

static struct slab_cache areas = SLAB_CACHE("area", struct area);

struct area *area_alloc(void)
{
	return slab_alloc_zeroed(&areas);
}

void area_free(struct area *area)
{
	slab_free(&areas, area);
}

/* ---- totals and limits ---- */

static bool is_data(uint32_t flags)
{
	return (flags & (AREA_WRITE | AREA_SHARED | AREA_STACK | AREA_GROWS_DOWN)) == AREA_WRITE;
}

static void totals_add(struct address_space *space, int64_t pages, uint32_t flags)
{
	space->total_pages += pages;
	space->peak_total = max(space->peak_total, space->total_pages);
	if (is_data(flags))
		space->data_pages += pages;
	if (flags & AREA_LOCKED)
		space->locked_pages += pages;
}

bool area_may_lock(const struct address_space *space, uint64_t pages)
{
	return space->locked_pages + pages <= task_limit(RLIMIT_MEMLOCK) >> PAGE_SHIFT ||
	       capable(CAP_IPC_LOCK);
}

int area_check_limits(struct address_space *space, uint64_t pages, uint32_t flags)
{
	struct frame_statistics ram;

	if ((flags & AREA_LOCKED) && pages && !area_may_lock(space, pages))
		return -EAGAIN;
	if (space->total_pages + pages > task_limit(RLIMIT_AS) >> PAGE_SHIFT)
		return -ENOMEM;
	if (is_data(flags) && space->data_pages + pages > task_limit(RLIMIT_DATA) >> PAGE_SHIFT)
		return -ENOMEM;
	/* Linux's heuristic (proc(5), vm.overcommit_memory = 0): only what is obviously too much is
	 * refused.  Read-only and MAP_NORESERVE areas commit nothing. */
	if (!(flags & AREA_WRITE) || (flags & AREA_NO_RESERVE))
		return 0;
	frame_statistics_get(&ram);
	return pages > ram.total ? -ENOMEM : 0; /* it can never be touched in full */
}

/* ---- gaps: kept so that a free place is found without a look at every area ---- */

static void gap_update(struct tree_node *node)
{
	struct area *area = area_of(node), *left = area_of(node->left);
	struct area *right = area_of(node->right);

	area->widest_gap = area->gap;
	if (left && left->widest_gap > area->widest_gap)
		area->widest_gap = left->widest_gap;
	if (right && right->widest_gap > area->widest_gap)
		area->widest_gap = right->widest_gap;
}

/* `below`: its neighbour, or NULL. */
static void gap_set(struct area *area, const struct area *below)
{
	user_address low = below ? max(below->end, LOWEST_ADDRESS) : LOWEST_ADDRESS;
	user_address high = area_floor(area);

	area->gap = high > low ? high - low : 0;
}

/* The gap below an area (or NULL) that has a new neighbour, or new borders. */
static void gap_changed(struct area *area, const struct area *below)
{
	if (!area)
		return;
	gap_set(area, below);
	tree_changed(&area->space->areas, &area->node);
}

/* ---- changes ---- */

/* The neighbours are those that the walk turned away from last.  The upper one is above `area` in
 * the tree, too, so that one pass upwards does for both. */
static void tree_enter(struct area *area)
{
	struct tree *tree = &area->space->areas;
	struct tree_node **link = &tree->root, *parent = NULL;
	struct area *below = NULL, *above = NULL;

	tree->update = gap_update;
	while (*link) {
		struct area *other = area_of(*link);

		parent = *link;
		/* Callers have made room: two areas at one address would make faults depend on
		 * chance. */
		assert(area->end <= other->start || area->start >= other->end);
		if (area->start < other->start) {
			above = other;
			link = &parent->left;
		} else {
			below = other;
			link = &parent->right;
		}
	}
	gap_set(area, below);
	if (above)
		gap_set(above, area);
	tree_insert_at(tree, &area->node, parent, link);
	area->space->area_count++;
}

void area_enter(struct area *area)
{
	debug_assert(rwlock_write_held(&area->space->lock));
	assert(area->start < area->end && area->end <= USER_END);
	assert(!((area->start | area->end) & ~PAGE_MASK));
	tree_enter(area);
	totals_add(area->space, area_pages(area), area->flags);
	debug_assert(!area->cache_link.next || list_is_empty(&area->cache_link));
	list_init(&area->cache_link);
	if (area->file)
		area_file_get(area->file);
	if (area->ops->attach)
		area->ops->attach(area);
}

/* Of a space that nobody uses any more all areas go (areas_leave()), and the tree with them. */
static void tree_leave(struct area *area)
{
	struct area *above, *below;

	if (!area->space->count)
		return;
	above = area_next(area);
	below = area_previous(area);
	tree_remove(&area->space->areas, &area->node);
	gap_changed(above, below);
}

void area_leave(struct area *area)
{
	struct address_space *space = area->space;

	debug_assert(!space->count || rwlock_write_held(&space->lock));
	debug_assert(space->area_count && space->total_pages >= area_pages(area));

	tree_leave(area);
	space->area_count--;
	if (space->recent == area)
		space->recent = NULL;
	totals_add(space, -(int64_t)area_pages(area), area->flags);
	if (area->ops->release)
		area->ops->release(area);
	if (area->file)
		area_file_put(area->file);
	area_free(area);
}

/* Truncation walks the areas of a cache by its own lock. */
static void borders_set(struct area *area, user_address start, user_address end)
{
	uint64_t interrupts = 0;

	if (area->cache)
		interrupts = spinlock_acquire(&area->cache->areas_lock);
	/* A page keeps its index in the cache whatever borders do: the offset moves with the
	 * start, also backwards (unsigned arithmetic wraps to the right answer). Areas without a
	 * cache have no use for it. */
	area->offset += start - area->start;
	area->start = start;
	area->end = end;
	if (area->cache)
		spinlock_release(&area->cache->areas_lock, interrupts);
}

void area_resize(struct area *area, user_address start, user_address end)
{
	int64_t before = area_pages(area);
	bool start_moves = start != area->start, end_moves = end != area->end;

	debug_assert(rwlock_write_held(&area->space->lock));
	debug_assert(start < end && end <= USER_END && !((start | end) & ~PAGE_MASK));

	borders_set(area, start, end);
	if (start_moves)
		gap_changed(area, area_previous(area));
	if (end_moves)
		gap_changed(area_next(area), area);
	totals_add(area->space, (int64_t)area_pages(area) - before, area->flags);
}

void area_split(struct area *area, user_address at, struct area *upper)
{
	assert(area->start < at && at < area->end);
	*upper = (struct area){
		.start = at, .end = area->end, .flags = area->flags, .ops = area->ops,
		.space = area->space, .cache = area->cache, .file = area->file,
		.offset = area->offset + (at - area->start),
	};
	area_resize(area, area->start, at);
	area_enter(upper);
}

void area_set_flags(struct area *area, uint32_t flags)
{
	int64_t pages = area_pages(area);

	debug_assert(rwlock_write_held(&area->space->lock));

	totals_add(area->space, -pages, area->flags);
	area->flags = flags;
	totals_add(area->space, pages, area->flags);
}

/* Whether `upper` goes on where `lower` ends, in memory and in what they map. */
static bool areas_continue(const struct area *lower, const struct area *upper)
{
	if (!lower || !upper || lower->end != upper->start || lower->flags != upper->flags ||
	    lower->ops != upper->ops || lower->cache != upper->cache || lower->file != upper->file)
		return false;
	/* Two private maps of one file may lie side by side without being one: the offsets must
	 * run on. */
	return !lower->cache || lower->offset + (lower->end - lower->start) == upper->offset;
}

static struct area *areas_join(struct area *lower, struct area *upper)
{
	user_address end = upper->end;

	/* Leave first: for a moment both would cover the upper range, and tree_enter() would
	 * object. Counts of file and cache are safe, since `lower` holds its own. */
	area_leave(upper);
	area_resize(lower, lower->start, end);
	return lower;
}

struct area *area_merge(struct area *area)
{
	struct area *previous = area_previous(area), *next;

	debug_assert(rwlock_write_held(&area->space->lock));

	if (areas_continue(previous, area))
		area = areas_join(previous, area);
	next = area_next(area);
	if (areas_continue(area, next))
		area = areas_join(area, next);
	return area;
}

/* ---- cutting ---- */

static struct area *area_across(struct address_space *space, user_address at)
{
	struct area *area = area_find(space, at);

	return area && area->start < at ? area : NULL;
}

int area_cut(struct address_space *space, user_address start, user_address end)
{
	bool low = area_across(space, start), high = area_across(space, end);
	struct area *at_start = low ? area_alloc() : NULL;
	struct area *at_end = high ? area_alloc() : NULL;

	debug_assert(rwlock_write_held(&space->lock) && start < end);
	debug_assert(!((start | end) & ~PAGE_MASK));

	/* Check and reserve: after this the splits cannot fail. */
	if (space->area_count + low + high > AREA_COUNT_MAX || (low && !at_start) ||
	    (high && !at_end)) {
		area_free(at_start);
		area_free(at_end);
		return -ENOMEM;
	}
	if (low)
		area_split(area_across(space, start), start, at_start);
	/* Looked up again: if both cuts fall into one area, the first has moved its upper part. */
	if (high)
		area_split(area_across(space, end), end, at_end);
	return 0;
}

int area_change_flags(struct area *area, user_address start, user_address end, uint32_t set,
		      uint32_t clear)
{
	struct address_space *space = area->space;
	uint32_t flags = (area->flags | set) & ~clear;
	int error;

	if (flags == area->flags)
		return 0;
	error = area_cut(space, start, end);
	if (error)
		return error;
	area = area_find(space, start);
	area_set_flags(area, flags);
	area_merge(area);
	return 0;
}
