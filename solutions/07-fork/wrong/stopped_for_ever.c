/* SPDX-License-Identifier: MIT */
/*
 * Sleepers are woken, and nobody else: a task that was stopped is not asleep.
 *
 * symptom: a stopped process never goes on (but signals that stop come with chapter 11)
 * fails: slices
 * see: Sleep and wake
 */
/* in task/scheduler.c */
bool task_wake(struct task *task, unsigned states)
{
	struct run_queue *queue = this_queue();
	uint64_t flags = spinlock_acquire(&queue->lock);
	/* A dead task must never come back, whatever mask somebody wakes with. */
	bool wakes = task->state & states & TASK_ANY_SLEEP;

	assert(task->magic == TASK_MAGIC);
	if (wakes) {
		write_once(task->state, TASK_RUNNING);
		if (task != current) { /* or it is just going to sleep, and will not */
			queue->wake_preempts |= task->slice_left > 0;
			queue_insert(queue, task);
			slice_timer_need(queue, current);
		}
	}
	spinlock_release(&queue->lock, flags);
	return wakes;
}
