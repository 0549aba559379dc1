/* SPDX-License-Identifier: MIT */
/*
 * Programs may take the last frames.
 *
 * symptom: out of memory, the kernel itself cannot go on
 * fails: frames_reserve
 * see: The reserve
 */
/* in memory/frame_allocator.c */
static struct frame *run_take(unsigned order, enum frame_kind kind)
{
	struct frame *run;

	if (order == 0)
		return ready_pop(&frames.ready);
	run = buddy_take(order);
	if (run || frames.ready.count == 0)
		return run;
	ready_drain(&frames.ready, frames.ready.count);
	return buddy_take(order);
}
