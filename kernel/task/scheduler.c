/* SPDX-License-Identifier: MIT */
/*
 * scheduler.c - who gets the processor: round-robin with slices, one run queue a processor.  How a
 * task goes to sleep is in task_sleep.c.
 *
 * The run queue is a line of runnable tasks; the running one is not in it.  A task runs until it
 * sleeps or its slice is used up; then it goes to the end of the line with a fresh slice.  One that
 * slept and has slice left comes back at the *front*: who computes little waits little, and cannot
 * starve the others, because its slice shrinks as it runs.  Pick and wake take constant time.
 *
 * Kernel code is preempted only where it sleeps, user code everywhere: the slice timer and
 * wake-ups only leave a note (WORK_RESCHEDULE, wake_preempts) that is read on the way out to user
 * mode.  The slice timer is armed only when somebody waits in line, so a lone task and an idle
 * processor are never disturbed; the idle task halts.
 *
 * Switching is lazy where it may be: kernel tasks run in whatever address space is loaded, and the
 * FPU registers stay with `fpu_owner` until another user task needs them.
 *
 * The queue's lock is held across the switch and released by the task that comes in, so that nobody
 * takes up a task whose registers are not saved yet.  Order: every other lock > run queue > timers.
 */
#include "lib/command_line.h"
#include "lib/string.h"
#include "lock/wait_queue.h"
#include "memory/address_space.h"
#include "memory/heap.h"
#include "task/process.h"
#include "task/scheduler.h"
#include "task/timer.h"

#define SLICE_UNIT 500000ULL /* ns; 20 of them, 10 ms, at the ordinary nice value 0 */

struct run_queue {
	struct spinlock lock;
	struct list line;	  /* runnable, by run_link */
	uint32_t count;		  /* in line */
	bool wake_preempts;	  /* somebody came to the front of the line */
	struct task *idle;
	struct task *fpu_owner;	  /* whose state the FPU registers hold; NULL: nobody's */
	struct timer slice_timer;
	struct timer cpu_timer;	  /* the running process has used up cpu_timers.left */
	uint64_t switches;
	uint64_t waiting_integral; /* tasks in line, summed over nanoseconds */
};

static struct run_queue run_queues[1]; /* by this_cpu()->number */
static struct task boot_task; /* the boot context; becomes the idle task */
static uint64_t tick_early; /* tick=NS: the first slice ends so much sooner; tests sweep it */

static struct run_queue *this_queue(void)
{
	return &run_queues[this_cpu()->number];
}

static uint64_t slice_full(const struct task *task)
{
	return SLICE_UNIT * (task->process ? task->process->nice : 20);
}

/* ---- the slice timer ---- */

static void slice_timer_function(struct timer *timer)
{
	struct run_queue *queue = container_of(timer, struct run_queue, slice_timer);
	struct task *self = current;
	uint64_t end = self->switched_in + self->slice_left;

	if (queue->count == 0 || self == queue->idle)
		return; /* armed again when somebody comes */
	if (clock_monotonic() >= end)
		task_add_work(self, WORK_RESCHEDULE);
	else
		timer_arm(timer, end);
}

/* Somebody is in line: the running task's slice counts. */
static void slice_timer_need(struct run_queue *queue, const struct task *running)
{
	uint64_t end = running->switched_in + running->slice_left;

	if (running != queue->idle &&
	    (!queue->slice_timer.armed || end < queue->slice_timer.deadline))
		timer_arm(&queue->slice_timer, end);
}

/* ---- the timer of processor time ---- */

static void cpu_timer_function(struct timer *timer)
{
	struct process *process = current->process;

	/* Or it was armed for another, which will have it armed again. */
	if (process && process->cpu_timers.active)
		cpu_timers_look(process);
}

void scheduler_watch(uint64_t left)
{
	timer_arm(&this_queue()->cpu_timer, clock_monotonic() + left);
}

/* ---- the line ---- */

static void queue_insert(struct run_queue *queue, struct task *task)
{
	assert(spinlock_held(&queue->lock) && !task->on_run_queue && task != queue->idle);
	debug_assert(task->state == TASK_RUNNING && task->magic == TASK_MAGIC);
	if (task->slice_left > 0) {
		list_add_first(&queue->line, &task->run_link);
	} else {
		task->slice_left = slice_full(task) - min(tick_early, slice_full(task) - 1);
		tick_early = 0;
		list_add_last(&queue->line, &task->run_link);
	}
	task->on_run_queue = true;
	queue->count++;
}

static struct task *queue_pick(struct run_queue *queue)
{
	struct task *task = list_first(&queue->line, struct task, run_link);

	assert(spinlock_held(&queue->lock));
	if (!task)
		return queue->idle;
	assert(task->magic == TASK_MAGIC && task->on_run_queue);
	debug_assert(queue->count > 0);
	list_remove(&task->run_link);
	task->on_run_queue = false;
	queue->count--;
	return task;
}

/* Charges the time since the task was switched in. */
static void task_charge(struct task *task, uint64_t now)
{
	uint64_t ran = now - task->switched_in;
	struct process *process = task->process;

	if (task->user_since) { /* an interrupt took it out of user mode */
		task->user_ticks += tsc_read() - task->user_since;
		task->user_since = 0;
	}
	if (process && process->cpu_timers.active)
		process->cpu_timers.left -= min(ran, process->cpu_timers.left);
	task->run_time += ran;
	task->slice_left -= min(ran, task->slice_left);
	task->switched_in = now;
}

/* ---- the switch ---- */

static void fpu_switch(struct run_queue *queue, struct task *next)
{
	if (!next->fpu || queue->fpu_owner == next)
		return;
	/* The old owner's state is only in the registers: to its area, before they are
	 * overwritten. */
	if (queue->fpu_owner)
		fpu_save(queue->fpu_owner->fpu);
	fpu_restore(next->fpu);
	queue->fpu_owner = next;
}

void fpu_forget(void)
{
	if (this_queue()->fpu_owner == current)
		this_queue()->fpu_owner = NULL;
}

/* What the processor must know about the task that comes in. */
static void processor_load(struct run_queue *queue, struct task *next)
{
	cpu_set_kernel_stack(next->stack_top);
	/* The order of what follows does not matter: interrupts are off, nothing here is used
	 * yet. */
	if (!next->fpu)
		return; /* a kernel task: space, FPU and bases stay as they are */
	if (next->process->cpu_timers.active)
		scheduler_watch(next->process->cpu_timers.left);
	if (next->space)
		address_space_activate(next->space);
	fpu_switch(queue, next);
	fs_base_set(next->fs_base);
	user_gs_base_set(next->gs_base);
}

/* The dead task whose stack nobody runs on any more. */
static void task_bury(struct task *task)
{
	assert(task->state == TASK_DEAD && task != current);
	/* Only now: until the switch was over, the dead task itself ran on this stack. */
	kernel_stack_free(task->stack_top);
	task->stack_top = NULL;
	statistics_bury(task);
	task_put(task);
}

/* In the task that came in: nobody runs on the stack of `from` any more. */
static void switch_finish(struct task *from)
{
	bool dead = from->state == TASK_DEAD;

	/* Taken by `from` in schedule(); its interrupt flag is restored when it comes back
	 * there. */
	spinlock_release(&this_queue()->lock, 0);
	if (dead)
		task_bury(from);
}

void task_started(struct task *from)
{
	switch_finish(from);
	if (current->space)
		current->user_since = tsc_read(); /* a forked one is on its way to user mode */
}

static void switch_to(struct run_queue *queue, struct task *next)
{
	struct task *self = current;

	/* Who would run if the idle task slept? */
	assert(self->state == TASK_RUNNING || self != queue->idle);
	queue->switches++;
	if (self->state == TASK_RUNNING)
		self->involuntary_switches++;
	else
		self->voluntary_switches++;
	next->switched_in = self->switched_in; /* both at task_charge()'s now */
	if (queue->count)
		slice_timer_need(queue, next);
	processor_load(queue, next);
	current_set(next);
	switch_finish(context_switch(&self->saved_rsp, next->saved_rsp, self));
}

void schedule(void)
{
	struct run_queue *queue = this_queue();
	struct task *self = current, *next;
	uint64_t now, flags = spinlock_acquire(&queue->lock);

	assert(self->magic == TASK_MAGIC);
	now = clock_monotonic();
	queue->waiting_integral += queue->count * (now - self->switched_in);
	task_charge(self, now);
	queue->wake_preempts = false;
	next = self;
	if (self->state != TASK_RUNNING || queue->count)
		next = queue_pick(queue);
	if (next != self && self->state == TASK_RUNNING && self != queue->idle)
		queue_insert(queue, self);
	if (next != self)
		switch_to(queue, next);
	else
		spinlock_release(&queue->lock, 0);
	if (current->slice_left == 0)
		current->slice_left = slice_full(current);
	interrupts_restore(flags);
}

/* ---- waking, and other ways into the line ---- */

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
			queue->wake_preempts |= task->slice_left > 0;
			queue_insert(queue, task);
			slice_timer_need(queue, current);
		}
	}
	spinlock_release(&queue->lock, flags);
	return wakes;
}

void task_make_runnable(struct task *task)
{
	struct run_queue *queue = this_queue();
	uint64_t flags = spinlock_acquire(&queue->lock);

	assert(task->state == TASK_RUNNING && task->saved_rsp);
	queue_insert(queue, task);
	slice_timer_need(queue, current);
	spinlock_release(&queue->lock, flags);
}

void task_yield(void)
{
	current->slice_left = 0;
	schedule();
}

bool scheduler_wants_preemption(void)
{
	return this_queue()->wake_preempts;
}

/* ---- the idle task, and figures ---- */

void idle_work(void)
{
	struct run_queue *queue = this_queue();

	assert(current == queue->idle);
	interrupts_disable();
	/* Interrupts are off between the look and the halt that follows in the caller: a wake-up
	 * cannot slip in between. */
	while (queue->count > 0) {
		schedule();
		interrupts_disable();
	}
}

void tasks_init(void)
{
	struct run_queue *queue = this_queue();

	list_init(&queue->line);
	queue->idle = &boot_task;
	queue->slice_timer.function = slice_timer_function;
	queue->cpu_timer.function = cpu_timer_function;
	tick_early = command_line_number("tick", 0);
	boot_task.magic = TASK_MAGIC;
	boot_task.count = 1;
	list_init(&boot_task.run_link);
	list_init(&boot_task.pending.queue);
	string_copy(boot_task.name, "idle", sizeof(boot_task.name));
	boot_task.stack_top = (void *)this_cpu()->kernel_stack;
	current_set(&boot_task);
}

void scheduler_figures(struct queue_figures *figures)
{
	struct run_queue *queue = this_queue();

	*figures = (struct queue_figures){
		.switches = queue->switches,
		.idle_time = task_run_time(queue->idle),
		.waiting_integral = queue->waiting_integral,
		.runnable = queue->count + (current != queue->idle),
	};
}
