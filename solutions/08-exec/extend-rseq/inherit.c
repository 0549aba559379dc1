/* SPDX-License-Identifier: MIT */
/* in task/task.h, before `uint32_t personality;` */
	user_address rseq_area;	 /* rseq(2), 0: none */
	uint32_t rseq_signature;
/* end of fields */
/* in task/fork.c */
/* What is copied by value. */
static void child_inherit(struct task *child, const struct clone_request *request)
{
	const struct task *self = current;
	/* Two tasks in one memory must not use one alternate stack (sigaltstack(2)); a vfork child
	 * may, since its parent sleeps. */
	bool thread_like = (request->flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM;

	child->credentials = credentials_get(self->credentials);
	/* Pending signals are not inherited (fork(2)), nor is any other work: task_create() has
	 * left the word 0. */
	assert(child->work == 0);
	child->signal_mask = self->signal_mask;
	child->personality = self->personality;
	child->no_new_rights = self->no_new_rights;
	child->timer_slack = child->timer_slack_default = self->timer_slack;
	child->allocation_faults = self->allocation_faults;
	if (!(request->flags & CLONE_VM)) {
		child->rseq_area = self->rseq_area;
		child->rseq_signature = self->rseq_signature;
	}
	child->fs_base = request->flags & CLONE_SETTLS ? request->tls : self->fs_base;
	child->gs_base = self->gs_base;
	if (!thread_like) {
		child->alternate_stack = self->alternate_stack;
		child->alternate_stack_size = self->alternate_stack_size;
		child->alternate_stack_flags = self->alternate_stack_flags;
	}
	if (request->flags & CLONE_CHILD_CLEARTID)
		child->clear_child_tid = request->child_tid;
	child->vfork_pending = request->flags & CLONE_VFORK;
	/* The parent's registers may be newer than its area: save the live ones into the
	 * child's. */
	fpu_save_fresh(child->fpu);
}
