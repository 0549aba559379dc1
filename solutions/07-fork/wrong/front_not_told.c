/* SPDX-License-Identifier: MIT */
/*
 * A wake-up leaves no note that somebody waits at the front.
 *
 * symptom: keys are echoed a tenth of a second late while something computes
 * fails: preemption slices
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
			queue_insert(queue, task);
			slice_timer_need(queue, current);
		}
	}
	spinlock_release(&queue->lock, flags);
	return wakes;
}
