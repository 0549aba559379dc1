/* SPDX-License-Identifier: MIT */
/* in task/wait.c */
/*
 * wait_for_child - sleep until a child fits the request.
 *
 * wait_look() looks once: 1, and the answer is in the request; 0, none yet; -ECHILD, none ever.
 * Result: the child's number (request->pid); 0 for WNOHANG when there is none yet; -ECHILD;
 * -ERESTARTSYS when a signal ended the sleep (task_sleep() says so).
 *
 * A child that ends wakes everybody on its parent's child_event.  It may end at any moment; lose none:
 * the pattern is at the head of lock/wait_queue.h.
 *
 * Hint 1: a wake-up says only "look again".  It may have been for another child.
 * Hint 2: whichever way you leave the loop, the task is running and the waiter off the queue: it lies on
 *	your stack.
 * Parsons: put in order - wait_queue_add(...) / task_set_running() / result = wait_look(request) /
 *	waiter_init(&waiter) / task_set_sleeping(TASK_INTERRUPTIBLE) / wait_queue_remove(&waiter) /
 *	result = task_sleep() / for (;;) / two times: if (...) break
 */
static long wait_for_child(struct wait_request *request)
{
	exercise("wait_for_child");
}
