/* SPDX-License-Identifier: MIT */
/*
 * The note that somebody waits at the front is overwritten by the next who comes to the end.
 *
 * symptom: keys are sometimes echoed late while several programs compute
 * fails: slices
 * see: Who runs next
 */
/* in task/scheduler.c */
bool task_wake(struct task *task, unsigned states)
{
	struct run_queue *queue = this_queue();
	uint64_t flags = spinlock_acquire(&queue->lock);
	/* A dead task must never come back, whatever mask somebody wakes with. */
	bool wakes = task->state & states & ~TASK_DEAD;

	assert(task->magic == TASK_MAGIC);
	if (wakes) {
		write_once(task->state, TASK_RUNNING);
		if (task != current) { /* or it is just going to sleep, and will not */
			queue->wake_preempts = task->slice_left > 0;
			queue_insert(queue, task);
			slice_timer_need(queue, current);
		}
	}
	spinlock_release(&queue->lock, flags);
	return wakes;
}
