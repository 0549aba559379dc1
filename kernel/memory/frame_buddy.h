/* SPDX-License-Identifier: MIT */
/*
 * frame_buddy.h - free runs of 2^order frames, private to the frame allocator.
 *
 * Every function is called with the frame allocator's lock held.
 */
#pragma once

#include "memory/frame_allocator.h"

#define BLOCK_FRAMES (1UL << FRAME_ORDER_MAX)
#define BLOCK_BYTES  (BLOCK_FRAMES << PAGE_SHIFT)

/* What frame->state says. */
enum frame_state {
	FRAME_NOTHING, /* inside a run (its first frame speaks for it), or not ours at all */
	FRAME_FREE,    /* the first of a free run, on the list of its order */
	FRAME_READY,   /* kept at hand for the next frame_alloc() */
	FRAME_OWNED,   /* the first of a run that somebody owns */
};

/* Bytes that the descriptors and block states of RAM up to `end` take. */
uint64_t buddy_table_bytes(physical_address end);
/* Begins with no frames; `table` has room for buddy_table_bytes(end) of arbitrary contents. */
void buddy_init(void *table, physical_address end);
/* Gives it the frames [first, end): free from now on.  None may be known already. */
void buddy_add(uint64_t first, uint64_t end);
/* Makes the frames [first, end) known as owned ones of kind FRAME_KERNEL, one by one. */
void buddy_add_owned(uint64_t first, uint64_t end);

/* A free run of 1 << order frames with state FRAME_NOTHING, or NULL. */
struct frame *buddy_take(unsigned order);
/* The smallest free run, cut down to 1 << *order frames when it is larger; else *order shrinks. */
struct frame *buddy_take_smallest(unsigned *order);
/* The reverse: `frame` heads a run of 1 << order frames. */
void buddy_give(struct frame *frame, unsigned order);

/* Whether `frame` points to a descriptor that has been initialised. */
bool buddy_knows(const struct frame *frame);
uint64_t buddy_blocks_touched(void);
