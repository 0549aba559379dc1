/* SPDX-License-Identifier: MIT */
/*
 * Every block's descriptors are initialised when the block is added.
 *
 * symptom: boot takes longer with more memory
 * fails: frames_lazy
 * see: Lazy descriptors
 */
/* in memory/frame_buddy.c */
void buddy_add(uint64_t first, uint64_t end)
{
	assert(end <= buddy.blocks * BLOCK_FRAMES);
	while (first < end) {
		uint64_t stop = piece_end(first, end);

		block_touch(first / BLOCK_FRAMES);
		piece_give(first, stop);
		first = stop;
	}
}
