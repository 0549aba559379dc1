/* SPDX-License-Identifier: MIT */
/*
 * The end of the slice that is watched is the woken task's, who does not run.
 *
 * symptom: who computes keeps the processor longer when somebody waits
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
			queue->wake_preempts |= task->slice_left > 0;
			queue_insert(queue, task);
			slice_timer_need(queue, task);
		}
	}
	spinlock_release(&queue->lock, flags);
	return wakes;
}
