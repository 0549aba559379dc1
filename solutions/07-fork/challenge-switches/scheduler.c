/* SPDX-License-Identifier: MIT */
/*
 * To give way is the usual case of a switch: the line turns by one, so its length stays, nobody sleeps and nobody
 * is woken.  What schedule() must find out is known here.  Bases of segments are loaded only when they differ
 * from those of the program that was here before: WRMSR costs a real processor more than all the rest.  And
 * the queue of the one processor has an address that the compiler knows.
 *
 * saves: 18
 */
/* in task/scheduler.c */
/* helpers */
static_assert(array_size(run_queues) == 1, "this_queue() knows which");

/* end of helpers */
static struct run_queue *this_queue(void)
{
	return &run_queues[0];
}

/* What the processor must know about the task that comes in.  The bases that are loaded are those of the
 * owner of the FPU's registers: both are a user task's, and go together. */
static void processor_load(struct run_queue *queue, struct task *next)
{
	const struct task *last = queue->fpu_owner;

	cpu_set_kernel_stack(next->stack_top);
	if (!next->fpu)
		return; /* a kernel task: space, FPU and bases stay as they are */
	if (next->space)
		address_space_activate(next->space);
	fpu_switch(queue, next);
	if (next->process->cpu_timers.active)
		scheduler_watch(next->process->cpu_timers.left);
	if (unlikely(!last || last->fs_base != next->fs_base))
		fs_base_set(next->fs_base);
	if (unlikely(!last || last->gs_base != next->gs_base))
		user_gs_base_set(next->gs_base);
}

/* Alone in line, or the first slice is to end early: the general way. */
void task_yield(void)
{
	struct run_queue *queue = this_queue();
	struct task *self = current, *next;
	uint64_t now, flags = spinlock_acquire(&queue->lock);

	next = list_first(&queue->line, struct task, run_link);
	if (unlikely(!next || tick_early || self == queue->idle)) {
		spinlock_release(&queue->lock, flags);
		self->slice_left = 0;
		schedule();
		return;
	}
	assert(self->magic == TASK_MAGIC && next->magic == TASK_MAGIC);
	now = clock_monotonic();
	queue->waiting_integral += queue->count * (now - self->switched_in);
	task_charge(self, now);
	queue->wake_preempts = false;
	list_remove(&next->run_link);
	next->on_run_queue = false;
	self->slice_left = slice_full(self);
	list_add_last(&queue->line, &self->run_link);
	self->on_run_queue = true;
	queue->switches++;
	self->involuntary_switches++;
	next->switched_in = now;
	slice_timer_need(queue, next);
	processor_load(queue, next);
	current_set(next);
	switch_finish(context_switch(&self->saved_rsp, next->saved_rsp, self));
	interrupts_restore(flags);
}
