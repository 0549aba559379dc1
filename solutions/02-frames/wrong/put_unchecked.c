/* SPDX-License-Identifier: MIT */
/*
 * A put checks nothing.
 *
 * symptom: a double free shows much later, as one frame with two owners
 * fails: frames_double_put frames_late_put frames_inside_put frames_foreign_put
 * see: What a put can know
 */
/* in memory/frame_allocator.c */
void frame_put_slow(struct frame *frame)
{
	uint64_t interrupts = spinlock_acquire(&frames.lock);

	frame->count = 0;
	frames.free += 1UL << frame->order;
	frames.by_kind[frame->kind] -= 1UL << frame->order;
	if (frame->order == 0) {
		ready_push(&frames.ready, frame);
	} else {
		frame->state = FRAME_NOTHING;
		buddy_give(frame, frame->order);
	}
	spinlock_release(&frames.lock, interrupts);
}
