/* SPDX-License-Identifier: MIT */
/*
 * frame_buddy.c - the buddy system: free memory as naturally aligned runs of 2^order frames.
 *
 * The buddy of a run is its other half one order up: its number differs in one bit.  Invariants:
 * a free run is on exactly one list, that of its order, and its first descriptor says so; no two
 * buddies are both free (they would have been merged).  So to take or give a run costs at most one
 * step an order.
 *
 * Memory comes in blocks of 4 MiB, the largest run.  A block that is free as a whole needs one
 * byte, BLOCK_WHOLE, until somebody wants memory from it; only then are its 1,024 descriptors
 * initialised.  This is why 64 GiB boot as fast as 64 MiB.  Blocks that are taken at all are taken
 * from the lowest address up.
 *
 * Naming: a frame number is physical address >> 12; `order` is log2 of a run's frames. See Knuth,
 * The Art of Computer Programming, vol. 1, 2.5 for the buddy system.
 *
 * All functions run under the frame allocator's lock and touch only descriptors, never the frames.
 */
#include "memory/frame_buddy.h"

#include "lib/assert.h"
#include "lib/string.h"

enum block_state {
	BLOCK_ABSENT,  /* none of its frames is ours */
	BLOCK_WHOLE,   /* all free; descriptors are junk */
	BLOCK_TOUCHED, /* descriptors are valid */
};

struct frame *frame_table;

static struct {
	uint8_t *states; /* enum block_state by block */
	uint64_t blocks;
	uint64_t untouched; /* no block below this one is BLOCK_WHOLE */
	uint64_t touched;   /* how many are BLOCK_TOUCHED */
	uint32_t orders;    /* bit n: free[n] is not empty */
	struct list free[FRAME_ORDER_MAX + 1];
} buddy;

static uint64_t blocks_below(physical_address end)
{
	return (end + BLOCK_BYTES - 1) / BLOCK_BYTES;
}

uint64_t buddy_table_bytes(physical_address end)
{
	return blocks_below(end) * (BLOCK_FRAMES * sizeof(struct frame) + sizeof(uint8_t));
}

void buddy_init(void *table, physical_address end)
{
	frame_table = table;
	buddy.blocks = blocks_below(end);
	buddy.untouched = buddy.blocks;
	buddy.states = (uint8_t *)(frame_table + buddy.blocks * BLOCK_FRAMES);
	memset(buddy.states, BLOCK_ABSENT, buddy.blocks);
	for (unsigned order = 0; order <= FRAME_ORDER_MAX; order++)
		list_init(&buddy.free[order]);
}

static uint64_t frame_number(const struct frame *frame)
{
	return frame - frame_table;
}

static void run_list(struct frame *frame, unsigned order)
{
	assert(order <= FRAME_ORDER_MAX && frame->count == 0);
	frame->state = FRAME_FREE;
	frame->order = order;
	list_add_first(&buddy.free[order], &frame->link);
	buddy.orders |= 1U << order;
}

static void run_unlist(struct frame *frame)
{
	assert(frame->state == FRAME_FREE);
	list_remove(&frame->link);
	if (list_is_empty(&buddy.free[frame->order]))
		buddy.orders &= ~(1U << frame->order);
	frame->state = FRAME_NOTHING;
}

/* Initialises the descriptors of a block: all FRAME_NOTHING, with no owner. */
static void block_touch(uint64_t block)
{
	assert(block < buddy.blocks);
	if (buddy.states[block] == BLOCK_TOUCHED)
		return;
	memset(&frame_table[block * BLOCK_FRAMES], 0, BLOCK_FRAMES * sizeof(struct frame));
	buddy.states[block] = BLOCK_TOUCHED;
	buddy.touched++;
}

/* Turns the lowest whole block into a listed run; false: there is none. */
static bool block_touch_next(void)
{
	while (buddy.untouched < buddy.blocks && buddy.states[buddy.untouched] != BLOCK_WHOLE)
		buddy.untouched++;
	if (buddy.untouched == buddy.blocks)
		return false;
	block_touch(buddy.untouched);
	run_list(&frame_table[buddy.untouched * BLOCK_FRAMES], FRAME_ORDER_MAX);
	return true;
}

/* The part of [first, end) that lies in the block of `first` ends here. */
static uint64_t piece_end(uint64_t first, uint64_t end)
{
	return min(end, round_down(first, BLOCK_FRAMES) + BLOCK_FRAMES);
}

/* Gives the frames [first, end) of one touched block as the largest aligned runs. */
static void piece_give(uint64_t first, uint64_t end)
{
	while (first < end) {
		unsigned order = first ? __builtin_ctzl(first) : FRAME_ORDER_MAX;

		/* Alignment allows at most the lowest set bit of `first`; the length, its own
		 * highest bit. */
		order = min(order, 63U - __builtin_clzl(end - first));
		buddy_give(&frame_table[first], order);
		first += 1UL << order;
	}
}

void buddy_add(uint64_t first, uint64_t end)
{
	assert(end <= buddy.blocks * BLOCK_FRAMES);
	while (first < end) {
		uint64_t block = first / BLOCK_FRAMES, stop = piece_end(first, end);

		if (stop - first == BLOCK_FRAMES) {
			assert(buddy.states[block] == BLOCK_ABSENT);
			buddy.states[block] = BLOCK_WHOLE;
			buddy.untouched = min(buddy.untouched, block);
		} else {
			block_touch(block);
			piece_give(first, stop);
		}
		first = stop;
	}
}

void buddy_add_owned(uint64_t first, uint64_t end)
{
	assert(end <= buddy.blocks * BLOCK_FRAMES);
	for (; first < end; first++) {
		struct frame *frame = &frame_table[first];

		assert(buddy.states[first / BLOCK_FRAMES] != BLOCK_WHOLE);
		block_touch(first / BLOCK_FRAMES);
		assert(frame->state == FRAME_NOTHING);
		frame->state = FRAME_OWNED;
		frame->kind = FRAME_KERNEL;
		frame->count = 1;
	}
}

/* Keeps the lower part of a run of 1 << from frames, gives back the rest half by half. */
static void run_cut(struct frame *frame, unsigned from, unsigned to)
{
	while (from-- > to)
		run_list(frame + (1UL << from), from);
}

struct frame *buddy_take(unsigned order)
{
	uint32_t fitting = buddy.orders & (~0U << order);
	struct frame *frame;
	unsigned found;

	assert(order <= FRAME_ORDER_MAX);

	if (!fitting) {
		if (!block_touch_next())
			return NULL;
		fitting = 1U << FRAME_ORDER_MAX;
	}
	found = __builtin_ctz(fitting);
	frame = list_first(&buddy.free[found], struct frame, link);
	run_unlist(frame);
	run_cut(frame, found, order);
	return frame;
}

struct frame *buddy_take_smallest(unsigned *order)
{
	if (buddy.orders)
		*order = min(*order, (unsigned)__builtin_ctz(buddy.orders));
	return buddy_take(*order);
}

void buddy_give(struct frame *frame, unsigned order)
{
	uint64_t number = frame_number(frame);

	assert(!(number & ((1UL << order) - 1)));
	for (; order < FRAME_ORDER_MAX; order++) {
		struct frame *other = &frame_table[number ^ (1UL << order)];

		/* A buddy that is free but of a smaller order is only partly free. The descriptor
		 * is valid: both lie in one block, which has been touched since the run was taken
		 * from it. */
		if (other->state != FRAME_FREE || other->order != order)
			break;
		run_unlist(other);
		frame_table[number].state = FRAME_NOTHING;
		number &= ~(1UL << order);
	}
	run_list(&frame_table[number], order);
}

bool buddy_knows(const struct frame *frame)
{
	uint64_t offset = (uint64_t)frame - (uint64_t)frame_table;
	uint64_t block = offset / (BLOCK_FRAMES * sizeof(struct frame));

	return offset % sizeof(struct frame) == 0 && block < buddy.blocks &&
	       buddy.states[block] == BLOCK_TOUCHED;
}

uint64_t buddy_blocks_touched(void)
{
	return buddy.touched;
}
