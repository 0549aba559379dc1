/* SPDX-License-Identifier: MIT */
/*
 * fail_others.c - an overlay (grading/transplant) for the sweep: what /proc/sys/debug/fail_nth counts.
 *
 * The kernel's own counts what the writer allocates, and fails once.  Here it is what everybody but
 * the writer allocates, and several in a row can fail:
 *
 *	bits 0-19	the first that fails
 *	bits 20-31	how many more fail after it
 *
 * The word goes on being counted down, so reading the file says 0 when all of them have failed.
 */
/* in memory/frame_allocator.c */

bool allocation_fail_now(void)
{
	const uint64_t one_more = 1 << 20, first = one_more - 1;
	uint64_t *word = &allocation_fail.countdown;

	if (allocation_fail.task == current)
		return false;
	if ((*word & first) > 1) {
		--*word;
		return false;
	}
	*word = *word >= one_more ? *word - one_more : 0;
	return true;
}
