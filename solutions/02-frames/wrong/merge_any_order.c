/* SPDX-License-Identifier: MIT */
/*
 * A free buddy is melted whatever its order.
 *
 * symptom: a run that is half in use is given away again
 * fails: runs_random runs_merge
 * see: The buddy system
 */
/* in memory/frame_buddy.c */
void buddy_give(struct frame *frame, unsigned order)
{
	uint64_t number = frame_number(frame);

	assert(!(number & ((1UL << order) - 1)));
	for (; order < FRAME_ORDER_MAX; order++) {
		struct frame *other = &frame_table[number ^ (1UL << order)];

		if (other->state != FRAME_FREE)
			break;
		run_unlist(other);
		frame_table[number].state = FRAME_NOTHING;
		number &= ~(1UL << order);
	}
	run_list(&frame_table[number], order);
}
