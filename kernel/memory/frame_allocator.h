/* SPDX-License-Identifier: MIT */
/*
 * frame_allocator.h - who owns each 4 KiB of RAM.
 *
 * Every frame has a 64-byte descriptor, found by its number.  A frame is free (count 0) or owned
 * (count >= 1).  frame_get() adds an owner, frame_put() removes one; the last put frees.
 * Descriptors are initialised when their 4 MiB block is first split, so that boot does not
 * grow with RAM.  Free links live in descriptors, never in the frames themselves.
 *
 * Callable from any context but NMI; constant time (at most the 11 orders of a block).
 * Programs' memory and page caches leave the last FRAME_RESERVE frames to the kernel itself.
 * To put a frame that is free, reserved or inside a run is a bug of the caller and panics.
 *
 * A count is not a lock: it says that the frame will not be given to anybody else, nothing about
 * its contents. Page tables, caches, and code that copies through the direct map each hold their
 * own, so the last of them to let go frees, whoever that is.
 */
#pragma once

#include "arch/arch.h"
#include "lib/assert.h"
#include "lib/list.h"

enum frame_kind { /* what an owned frame is used for; the accounting counts by kind */
	FRAME_KERNEL,	  /* direct users of frame_alloc: large heap objects, stacks ... */
	FRAME_PAGE_TABLE,
	FRAME_SLAB,
	FRAME_ANONYMOUS,  /* private memory of programs */
	FRAME_CACHE,	  /* in a page cache: cache and index are valid */
	FRAME_KINDS
};

struct page_cache;
struct slab_cache;
struct frame {
	uint32_t count;	    /* owners; page-table entries count one each */
	uint8_t state;	    /* private to frame_allocator.c */
	uint8_t order;	    /* the run that starts here has 1 << order frames */
	uint8_t kind;	    /* enum frame_kind */
	uint8_t flags;	    /* FRAME_DIRTY ...; the owner's lock guards it */
	struct list link;   /* free list; when owned: the owner's (slab lists, cache LRU) */
	union {
		struct { struct page_cache *cache; uint64_t index; };		/* FRAME_CACHE */
		struct { struct slab_cache *slab; void *free; };		/* FRAME_SLAB */
		/* FRAME_PAGE_TABLE: present entries */
		struct { uint64_t entries; };
	};
	uint32_t used;	    /* FRAME_SLAB: objects handed out now ... */
	uint32_t fresh;	    /* ... and the number of those that were ever handed out */
	uint32_t reserved[4];
};
static_assert(sizeof(struct frame) == 64, "a shift finds a descriptor");

#define FRAME_DIRTY	0x01 /* changed since it was read from below */
#define FRAME_UPTODATE	0x02 /* FRAME_CACHE: fully written; never visible to users before */
#define FRAME_REFERENCED 0x04

#define FRAME_RESERVE	128
#define FRAME_ORDER_MAX 10 /* runs of up to 1 << 10 frames: 4 MiB */

enum frame_flags {
	FRAME_ZERO = 1,	     /* filled with zeros; otherwise the contents are arbitrary */
	/* may drop clean cache, and so take locks: process context, no spinlock */
	FRAME_MAY_RECLAIM = 2,
};

extern struct frame *frame_table; /* indexed by frame number */

/*
 * Takes over the RAM that boot_info describes, without the kernel's image, the module's frames
 * (which are owned, once each, and may be put one by one) and its own table.  Frames above 4 GiB
 * come later, when page_tables_init() has mapped them and calls frames_init_high().
 */
void frames_init(void);
void frames_init_high(void);

/* Kinds are given so that the accounting is exact.  NULL: no memory.  Count is 1; flags are 0;
 * link and the union are arbitrary. */
struct frame *frame_alloc(enum frame_kind kind, unsigned flags);
/* A physically contiguous, naturally aligned run of 1 << order frames; put with the first one. */
struct frame *frame_alloc_run(unsigned order, enum frame_kind kind, unsigned flags);
void frame_put_slow(struct frame *frame); /* the last owner goes: frees */
/* An owned frame changes its use: the accounting follows. */
void frame_set_kind(struct frame *frame, enum frame_kind kind);

static inline struct frame *frame_of(physical_address at)
{
	return &frame_table[at >> PAGE_SHIFT];
}
static inline physical_address frame_physical(const struct frame *frame)
{
	return (physical_address)(frame - frame_table) << PAGE_SHIFT;
}
static inline void *frame_address(const struct frame *frame)
{
	return direct_map(frame_physical(frame));
}
static inline void frame_get(struct frame *frame)
{
	assert(frame->count);
	frame->count++;
}
static inline void frame_put(struct frame *frame)
{
	if (frame->count > 1)
		frame->count--;
	else
		frame_put_slow(frame);
}

/* Whether so little is left that no new program should start: what the kernel needs to end the
 * others must stay. */
bool frames_are_short(void);
/* Whether `at` is RAM that this allocator gives away (not device memory, not a hole). */
bool frame_is_managed(physical_address at);

struct frame_statistics {
	uint64_t total, free;		 /* frames; total: free and owned */
	uint64_t by_kind[FRAME_KINDS];
	uint64_t blocks_touched;	 /* 4 MiB blocks whose descriptors are initialised */
};
void frame_statistics_get(struct frame_statistics *statistics);

/* Fault injection for tests: the n-th allocation from now fails (0: off).
 * Counts frames and slab objects; if a task is named, only those made on its behalf. */
struct allocation_fail {
	uint64_t countdown;
	struct task *task;
};
extern struct allocation_fail allocation_fail;
bool allocation_fail_now(void); /* counts one allocation: must it fail? */
static inline bool allocation_fails(void)
{
	return unlikely(allocation_fail.countdown) && allocation_fail_now();
}

/* Upward step, called when FRAME_MAY_RECLAIM is given and nothing is free: drops clean page cache,
 * unused dentries; returns how many frames it freed (memory/reclaim.c). */
size_t reclaim(size_t wanted);
