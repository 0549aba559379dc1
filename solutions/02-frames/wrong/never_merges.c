/* SPDX-License-Identifier: MIT */
/*
 * Runs are given back as they are.
 *
 * symptom: after some hours no large run can be had, though most memory is free
 * fails: runs_merge runs_refused
 * see: The buddy system
 */
/* in memory/frame_buddy.c */
void buddy_give(struct frame *frame, unsigned order)
{
	run_list(frame, order);
}
