/* SPDX-License-Identifier: MIT */
/* in task/scheduler.c */
/*
 * task_wake - make the task runnable if it sleeps in one of `states`; say whether it did.
 *
 * Called in any context, from interrupts too.  The states are bits (lock/wait_queue.h): any of them may be
 * asked for, TASK_STOPPED as well.  TASK_RUNNING is 0, and a task in TASK_DEAD must never come back,
 * whatever the caller's mask.  Under queue->lock:
 * the state becomes TASK_RUNNING, the task goes into the line with queue_insert(), and the slice of the
 * task that runs counts from now on (slice_timer_need()).
 *
 * One task may be "asleep" and yet running: `current`, between task_set_sleeping() and task_sleep().
 * It must not be put in line.  What must happen to it instead, so that its task_sleep() does not
 * sleep through the event?
 *
 * wake_preempts says that somebody came to the *front* of the line: then user mode is left early.
 *
 * Hint 1: queue_insert() puts a task with slice left at the front, any other at the end.
 * Hint 2: queue_insert() gives a new slice where there was none: look before.
 */
bool task_wake(struct task *task, unsigned states)
{
	exercise("task_wake");
}
