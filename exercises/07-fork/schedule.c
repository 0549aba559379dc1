/* SPDX-License-Identifier: MIT */
/* in task/scheduler.c */
/*
 * schedule - give the processor to whoever is next; come back when it is this task's turn again.
 *
 * Called by a task that goes to sleep (its state is not TASK_RUNNING any more), by one whose slice is
 * used up (its state is TASK_RUNNING), and by the idle task.  All under queue->lock:
 *
 *   - the figures: waiting_integral grows by queue->count for each nanosecond since switched_in;
 *     task_charge(self, now) counts what self has used of its slice;
 *   - nobody has come to the front since: wake_preempts is false from here on;
 *   - who is next: self goes on if it can run and nobody is in line; else queue_pick(), which gives the
 *     idle task when the line is empty;
 *   - a task that is switched from and could go on is put back in line - but the idle task never is;
 *   - switch_to() for another task, which releases the lock *on the other side*; else release it here.
 *
 * At the end a task whose slice is used up gets a new one (slice_full()).
 *
 * Hint 1: spinlock_acquire() returns the interrupt flag of before.  It is this task's own, so it is
 *	restored when this task comes back: release with 0, and interrupts_restore(flags) as the last line.
 * Hint 2: after switch_to() an arbitrary time has passed: `next` is old, `current` is you.
 * Hint 3: pick first, then insert self: who inserts first may pick himself.
 */
void schedule(void)
{
	exercise("schedule");
}
