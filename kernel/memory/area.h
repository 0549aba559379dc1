/* SPDX-License-Identifier: MIT */
/*
 * area.h - areas in their tree, for the files of memory/ that change them.
 *
 * Everything here is called with space->lock held for writing, except where said.
 *
 * The order inside a change is always: reserve descriptors, cut at the borders (area_cut), change
 * or remove whole areas, merge with the neighbours (area_merge). So no function has to deal with
 * half an area, and a failure leaves at most a needless border behind, which the next merge
 * removes.
 */
#pragma once

#include "memory/address_space.h"

/* The area that a node of the tree is part of; NULL of NULL. */
static inline struct area *area_of(struct tree_node *node)
{
	return node ? container_of(node, struct area, node) : NULL;
}

/* A blank one, in no tree; NULL: no memory. */
struct area *area_alloc(void);
void area_free(struct area *area); /* of such a one; NULL is allowed */

/* Enters an area whose fields are set, or takes it out: tree, totals, attach and release.  It takes
 * `area` over; there must be no overlap. */
void area_enter(struct area *area);
void area_leave(struct area *area); /* and frees it; its pages are unmapped already */
/* Moves a border; the caller has seen to the pages.  A new start also moves the offset. */
void area_resize(struct area *area, user_address start, user_address end);
/* Splits at `at`, inside: `upper`, blank, becomes the part from there on. */
void area_split(struct area *area, user_address at, struct area *upper);
/* Changes flags and what they imply for the totals. */
void area_set_flags(struct area *area, uint32_t flags);
/* The same for [start, end), inside it, which becomes an area of its own.  0 or -ENOMEM. */
int area_change_flags(struct area *area, user_address start, user_address end, uint32_t set,
		      uint32_t clear);
/*
 * Calls change(area, from, to, how) for each area's part of [start, end), in order; it may cut and
 * join areas within that part.  Like Linux, what was changed before the first gap (-ENOMEM) or
 * refusal (change's own error) stays.  The lock is held for writing.
 */
int areas_change(struct address_space *space, user_address start, user_address end,
		 int (*change)(struct area *area, user_address from, user_address to,
			       const void *how),
		 const void *how);
/* Joins it with neighbours that continue it; returns the area that holds it now. */
struct area *area_merge(struct area *area);
struct area *area_previous(struct area *area);

/* Whether nothing lies in [start, end). */
bool area_range_is_free(struct address_space *space, user_address start, user_address end);
/* Whether areas cover [start, end) without a gap.  The lock may be held for reading. */
bool area_range_is_covered(struct address_space *space, user_address start, user_address end);
/* Splits areas so that no border lies inside one at `start` or `end`: -ENOMEM, nothing changed. */
int area_cut(struct address_space *space, user_address start, user_address end);

/* Whether that many pages more may be locked. */
bool area_may_lock(const struct address_space *space, uint64_t pages);
/* The limits on a space that gets `pages` more with these flags: 0, -ENOMEM, -EAGAIN (locked). */
int area_check_limits(struct address_space *space, uint64_t pages, uint32_t flags);
/* Where new areas must end that lie below this one: a stack keeps a distance. */
user_address area_floor(const struct area *area);
/* The highest free place below `top`, or 0. */
user_address area_place(struct address_space *space, uint64_t bytes, user_address top);
/* area_unmap() under the lock, of a valid range or an empty one. */
int area_unmap_locked(struct address_space *space, user_address start, user_address end);

/* Faults in the pages of an area with these flags, as far as it goes: who asks to populate is not
 * told what failed.  The lock is not held. */
void area_populate(struct address_space *space, user_address start, uint64_t bytes,
		   uint32_t flags);

static inline uint64_t area_pages(const struct area *area)
{
	return (area->end - area->start) >> PAGE_SHIFT;
}

/* ---- pages of areas (area_pages.c) ---- */

/* The bits of a page of this area; `writable`: if the area is at all. */
page_entry area_page_flags(const struct area *area, bool writable);
/* Removes all pages of [start, end): clears, flushes once, frees.  Of a range that stays an area,
 * so no tables are freed.  Lock held, also for reading. */
void pages_unmap(struct address_space *space, user_address start, user_address end);
/* The same, and frees the tables that became empty; lock held for writing. */
void pages_unmap_and_prune(struct address_space *space, user_address start, user_address end);
/* Unmaps the frames of [start, end) that are in a cache (`all`: every frame).  Any context. */
void pages_unmap_cached(struct address_space *space, user_address start, user_address end,
			bool all);
/* Gives the pages of [start, end) the rights that the area has now, and flushes. */
void pages_protect(struct area *area, user_address start, user_address end);
/* For a space that nobody uses any more: no flush. */
void pages_unmap_dead(struct address_space *space, user_address start, user_address end);

/*
 * An entry that is not 0 but lacks PAGE_PRESENT belongs to an area without any rights (PROT_NONE):
 * it keeps the frame, and the count, until the rights come back.
 */
extern struct frame *zero_frame; /* always zeros, mapped read-only, never counted (anonymous.c) */
void zero_frame_init(void);

/* The entry for `address`, its tables made; NULL: no memory.  Valid while the area lock is held. */
page_entry *area_entry(struct area *area, user_address address);
/* Gives a private area its own copy of the page that `entry` maps read-only, or just the right to
 * write when it is the only owner.  0 or -ENOMEM. */
int area_copy_on_write(struct area *area, page_entry *entry, user_address address);
/* area_install() for an entry that was looked up. */
void area_install_at(struct area *area, page_entry *entry, struct frame *frame, bool writable);
