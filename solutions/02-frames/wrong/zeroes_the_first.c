/* SPDX-License-Identifier: MIT */
/*
 * Of a run that should be zero only the first frame is cleared.
 *
 * symptom: large zeroed buffers hold old data
 * fails: frames_zeroed
 * see: Contents
 */
/* in memory/frame_allocator.c */
static inline struct frame *run_alloc(unsigned order, enum frame_kind kind, unsigned flags)
{
	struct frame *frame;

	assert(order <= FRAME_ORDER_MAX && kind < FRAME_KINDS);
	if (allocation_fails())
		return NULL;
	frame = run_alloc_once(order, kind);
	while (unlikely(!frame)) {
		if (!(flags & FRAME_MAY_RECLAIM) || !reclaim(1UL << order))
			return NULL;
		frame = run_alloc_once(order, kind);
	}
	if (flags & FRAME_ZERO)
		page_clear(frame_address(frame));
	return frame;
}
