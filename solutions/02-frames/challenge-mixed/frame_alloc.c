/* SPDX-License-Identifier: MIT */
/*
 * The common case first: one frame from the ready stack, without the loops and checks that only runs,
 * zeroes, failures on demand and the lack of memory need.  All else goes the general way.
 *
 * saves: 10
 */
/* in memory/frame_allocator.c */
struct frame *frame_alloc(enum frame_kind kind, unsigned flags)
{
	uint64_t interrupts;
	struct frame *frame;

	if (unlikely(flags || kind >= FRAME_ANONYMOUS || allocation_fail.countdown))
		return run_alloc(0, kind, flags);
	interrupts = spinlock_acquire(&frames.lock);
	if (unlikely(!frames.ready.count)) {
		spinlock_release(&frames.lock, interrupts);
		return run_alloc(0, kind, flags);
	}
	frame = frames.ready.frames[--frames.ready.count];
	assert(frame->count == 0);
	frame->count = 1;
	frame->state = FRAME_OWNED;
	frame->order = 0;
	frame->kind = kind;
	frame->flags = 0;
	frames.free--;
	frames.by_kind[kind]++;
	spinlock_release(&frames.lock, interrupts);
	return frame;
}
