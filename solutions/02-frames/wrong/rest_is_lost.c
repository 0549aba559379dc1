/* SPDX-License-Identifier: MIT */
/*
 * Taking from a larger run forgets what is left of it.
 *
 * symptom: memory runs out early
 * fails: frames_all frames_zeroed frames_kinds frames_reserve runs_merge runs_refused
 * see: The buddy system
 */
/* in memory/frame_buddy.c */
struct frame *buddy_take(unsigned order)
{
	uint32_t fitting = buddy.orders & (~0U << order);
	struct frame *frame;

	if (!fitting) {
		if (!block_touch_next())
			return NULL;
		fitting = 1U << FRAME_ORDER_MAX;
	}
	frame = list_first(&buddy.free[__builtin_ctz(fitting)], struct frame, link);
	run_unlist(frame);
	return frame;
}
