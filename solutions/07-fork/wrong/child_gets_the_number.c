/* SPDX-License-Identifier: MIT */
/*
 * The child gets the registers of the parent as they are, with the call's number in rax.
 *
 * symptom: both sides of fork() think that they are the parent
 * fails: fork_wait
 * see: Two returns
 */
/* in task/fork.c */
static void child_prepare_start(struct task *child, const struct clone_request *request)
{
	struct registers *registers = task_registers(child);

	*registers = *task_registers(current);
	if (request->stack)
		registers->rsp = request->stack;
	child->saved_rsp = context_prepare_user(child->stack_top);
	/* The write must go to the child's memory, and only the child has that loaded. */
	if (request->flags & CLONE_CHILD_SETTID)
		child->saved_rsp = context_prepare((void *)registers, child_start,
						   (void *)request->child_tid);
}
