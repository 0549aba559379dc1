/* SPDX-License-Identifier: MIT */
/*
 * Nobody is told that the slice is over.
 *
 * symptom: one program that computes stops all others
 * fails: wait_races preemption
 * see: Who runs next
 */
/* in task/scheduler.c */
static void slice_timer_function(struct timer *timer)
{
	struct run_queue *queue = container_of(timer, struct run_queue, slice_timer);
	struct task *self = current;
	uint64_t end = self->switched_in + self->slice_left;

	if (queue->count == 0 || self == queue->idle)
		return; /* armed again when somebody comes */
	if (clock_monotonic() < end)
		timer_arm(timer, end);
}
