/* SPDX-License-Identifier: MIT */
/* in memory/frame_allocator.c */
/*
 * run_alloc - a run of 1 << order frames for an owner of this kind, or NULL.
 *
 * What frame_alloc() and frame_alloc_run() call.  run_alloc_once() looks once, under the lock.
 * FRAME_MAY_RECLAIM: when there is none, reclaim(n) may make room for n frames; it returns how many
 * it freed, and 0 means that there is nothing more to hope for.
 * FRAME_ZERO: every frame of the run is zero; frame_address() says where one is, page_clear()
 * clears it.
 * allocation_fails() is for the tests, and counts: it is asked once for each run, before anything
 * is taken, and when it says so, you have no memory.
 *
 * Hint: the allocation may have to be tried several times, the reclaim as well.
 */
static inline struct frame *run_alloc(unsigned order, enum frame_kind kind, unsigned flags)
{
	exercise("run_alloc");
}
