/* SPDX-License-Identifier: MIT */
/* in memory/frame_allocator.c */
/*
 * frame_put_slow - the last owner of a run goes: the run is free.
 *
 * Called by frame_put() when the count is 1 - or by a caller with a bug: for a frame that is free,
 * inside a run, or not ours at all.  An assertion must catch each of these (buddy_knows() says
 * whether there is a valid descriptor; then, what is true of an owned run's first frame?).
 * Under frames.lock: the count, frames.free, frames.by_kind; single frames go to the ready stack
 * (ready_push()), larger runs to buddy_give() with state FRAME_NOTHING.  Before the lock is taken,
 * `if (DEBUG)`: run_poison() overwrites what is freed.
 *
 * Hint: how many frames does one put free?
 */
void frame_put_slow(struct frame *frame)
{
	exercise("frame_put_slow");
}
