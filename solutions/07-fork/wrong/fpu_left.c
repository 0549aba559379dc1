/* SPDX-License-Identifier: MIT */
/*
 * The vector registers of who is switched from are not saved.
 *
 * symptom: floating point results are wrong now and then
 * fails: fpu_private
 * see: Lazy state
 */
/* in task/scheduler.c */
static void fpu_switch(struct run_queue *queue, struct task *next)
{
	if (!next->fpu || queue->fpu_owner == next)
		return;
	/* The old owner's state is only in the registers: to its area, before they are
	 * overwritten. */
	fpu_restore(next->fpu);
	queue->fpu_owner = next;
}
