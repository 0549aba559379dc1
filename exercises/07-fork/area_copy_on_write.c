/* SPDX-License-Identifier: MIT */
/* in memory/anonymous.c */
/*
 * area_copy_on_write - a private page is mapped read-only, and somebody may write and wants to.
 *
 * `entry` maps the frame; area->space->lock is held for reading.  Result: 0, the instruction is tried
 * again; -ENOMEM.  An entry with PAGE_WRITE maps a frame that nobody else owns: so
 *
 *   - the entry is empty by now: nothing to do, the program will fault again;
 *   - the frame is ours alone (is_sole_owner(); the zero frame never is): only the right comes back -
 *     area_page_flags(area, true) has the flags for it;
 *   - else a frame of our own (FRAME_ANONYMOUS, and others may have to make room: FRAME_MAY_RECLAIM),
 *     and entry_replace() copies and exchanges.  It takes over the frame, and gives up the old one.
 *
 * At the end the processor must forget the old entry: tlb_flush_page() (SDM vol. 3, 4.10.4.3).
 *
 * Hint 1: read *entry once, at the beginning: entry_replace() compares with that.
 * Hint 2: entry_replace() does not copy the zero frame.  What must the new frame hold then, and which
 *	flag of frame_alloc() makes it so?
 */
int area_copy_on_write(struct area *area, page_entry *entry, user_address address)
{
	exercise("area_copy_on_write");
}
