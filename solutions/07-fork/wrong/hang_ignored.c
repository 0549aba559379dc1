/* SPDX-License-Identifier: MIT */
/*
 * WNOHANG is not looked at.
 *
 * symptom: a shell blocks in the midst of its work
 * fails: wait_options
 * see: Wait
 */
/* in task/wait.c */
static long wait_for_child(struct wait_request *request)
{
	struct wait_queue *queue = &current_process()->child_event;
	struct waiter waiter;
	int result;

	waiter_init(&waiter);
	wait_queue_add(queue, &waiter);
	for (;;) {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		result = wait_look(request);
		if (result != 0)
			break;
		result = task_sleep();
		if (result)
			break;
	}
	/* Also after a `break` that did not sleep: the state was set before the look. */
	task_set_running();
	wait_queue_remove(&waiter);
	return result == 1 ? request->pid : result;
}
