/* SPDX-License-Identifier: MIT */
/*
 * The parent of a vfork goes on at once.
 *
 * symptom: who calls vfork() crashes when it returns: its stack was the child's as well
 * fails: vfork_waits
 * see: Two returns
 */
/* in task/fork.c */
long task_clone(const struct clone_request *request)
{
	struct task *child = NULL;
	long result = flags_check(request->flags);

	if (result)
		return result;
	if (signal_pending(current))
		/* what a group is told reaches parent *and* child, or neither */
		return -ERESTARTNOINTR;
	if (user_limit_reached() || threads_count() >= threads_max)
		return -EAGAIN;
	result = child_create(request, &child);
	if (result < 0)
		return result;
	/* Before the child can run, so that it finds the number in shared memory (clone(2)). */
	if (request->flags & CLONE_PARENT_SETTID)
		user_put(request->parent_tid, &child->tid, sizeof(child->tid));
	/* The parent goes on; the child comes to the front of the line when this one sleeps. */
	task_make_runnable(child);
	task_put(child);
	return result;
}
