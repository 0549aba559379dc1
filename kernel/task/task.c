/* SPDX-License-Identifier: MIT */
/*
 * task.c - the memory of a task: struct, kernel stack, FPU area, and who may still look at them.
 *
 * A struct task is counted.  One count belongs to the running task itself and goes when its
 * successor has switched away from its stack (task_bury); a process holds one of its leader, so
 * that a zombie can still be looked at.  The parts that a task shares with others (space, files
 * ...) are gone long before, in exit.c; credentials stay until the end, for whoever asks about a
 * zombie.
 *
 * Nothing that is overwritten anyway is cleared: not the stack, not the ring of traced calls at the
 * end of the struct.  The FPU area is its maker's to fill, every byte: programs see it in signal
 * frames.
 *
 * Who may call: task_get and task_put from any context but NMI; the last put frees, and may so put
 * the process and, with it, the number.
 */
#include "arch/panic.h"
#include "lib/printf.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "task/credentials.h"
#include "memory/reclaim.h"
#include "task/process.h"
#include "task/scheduler.h"

static struct slab_cache task_cache = SLAB_CACHE("task", struct task);
static struct slab_cache fpu_cache = { .name = "fpu_area", .alignment = 64 };

#define FPU_AREA_TAIL 8 /* bytes behind fpu_area_size that are there too */

/* The size is known only since the processor was asked.  Behind the state there is room for the
 * second magic number of a signal frame, so that both go out in one copy (signal_frame.c). */
static struct fpu_area *fpu_area_alloc(void)
{
	fpu_cache.size = (uint32_t)fpu_area_size + FPU_AREA_TAIL;
	return spare_alloc(&fpu_cache);
}

static void fpu_area_free(struct fpu_area *area)
{
	if (area)
		spare_free(&fpu_cache, area);
}

static void task_initialize(struct task *task, const char *name)
{
	memset(task, 0, offsetof(struct task, trace));
	task->magic = TASK_MAGIC;
	task->count = 1;
	list_init(&task->run_link);
	list_init(&task->process_link);
	list_init(&task->pending.queue);
	wait_queue_init(&task->vfork_queue);
	string_copy(task->name, name, sizeof(task->name));
}

struct task *task_create(const char *name, bool user)
{
	struct task *task = slab_alloc(&task_cache);

	if (!task)
		return NULL;
	task_initialize(task, name);
	task->stack_top = kernel_stack_alloc();
	if (!task->stack_top)
		goto undo_task;
	if (user) {
		task->fpu = fpu_area_alloc();
		if (!task->fpu)
			goto undo_stack;
	}
	return task;

undo_stack:
	kernel_stack_free(task->stack_top);
undo_task:
	slab_free(&task_cache, task);
	return NULL;
}

static void task_free(struct task *task)
{
	assert(task->magic == TASK_MAGIC);
	assert(!task->space && !task->files && !task->fs && !task->actions);
	assert(!task->on_run_queue && !task->stack_top);
	if (allocation_fail.task == task) /* or the next at this address inherits it */
		allocation_fail = (struct allocation_fail){ .countdown = 0 };
	if (task->credentials)
		credentials_put(task->credentials);
	if (task->process)
		process_put(task->process);
	fpu_area_free(task->fpu);
	task->magic = 0;
	slab_free(&task_cache, task);
}

void task_free_unstarted(struct task *task)
{
	assert(task->count == 1 && task->state == TASK_RUNNING && !task->on_run_queue);
	kernel_stack_free(task->stack_top);
	task->stack_top = NULL;
	task_free(task);
}

void task_get(struct task *task)
{
	assert(task->magic == TASK_MAGIC);
	__atomic_add_fetch(&task->count, 1, __ATOMIC_RELAXED);
}

void task_put(struct task *task)
{
	assert(task->magic == TASK_MAGIC && task->count > 0);
	if (__atomic_sub_fetch(&task->count, 1, __ATOMIC_ACQ_REL) == 0)
		task_free(task);
}

/* TSC ticks as nanoseconds, without overflow. */
static uint64_t ticks_to_nanoseconds(uint64_t ticks)
{
	uint64_t hertz = tsc_hertz ? tsc_hertz : 1;

	return ticks / hertz * 1000000000 + ticks % hertz * 1000000000 / hertz;
}

uint64_t task_run_time(const struct task *task)
{
	if (task != current)
		return task->run_time;
	return task->run_time + clock_monotonic() - task->switched_in;
}

/* In an interrupt that took the current task out of user mode the time since then is not in
 * user_ticks yet.  The clocks of the two figures differ by a rounding: the part must not exceed the
 * whole. */
uint64_t task_user_time(const struct task *task)
{
	uint64_t ticks = task->user_ticks;

	if (task == current && task->user_since)
		ticks += tsc_read() - task->user_since;
	return min(ticks_to_nanoseconds(ticks), task_run_time(task));
}

void task_add_work(struct task *task, uint32_t bits)
{
	__atomic_or_fetch(&task->work, bits, __ATOMIC_RELAXED);
}

void panic_show_task(void)
{
	const struct task *task = current;

	if (task && task->magic == TASK_MAGIC)
		kprintf(LOG_EMERGENCY, "task %d (%s)%s", task->tid, task->name,
			task->space ? "" : ", a kernel task");
}

/* What a kernel task does: its function, then it ends. */
static void kernel_task_main(void *data)
{
	struct task *self = data;
	void (*function)(void *) = (void (*)(void *))self->restart_data[0];

	interrupts_enable();
	function((void *)self->restart_data[1]);
	task_set_sleeping(TASK_DEAD);
	schedule();
	panic("a dead kernel task was switched to");
}

struct task *kernel_task_create(const char *name, void (*function)(void *), void *argument)
{
	struct task *task = task_create(name, false);

	if (!task)
		return NULL;
	/* A kernel task makes no calls that could be restarted, so these words are free. */
	task->restart_data[0] = (uint64_t)function;
	task->restart_data[1] = (uint64_t)argument;
	task->saved_rsp = context_prepare(task->stack_top, kernel_task_main, task);
	task_make_runnable(task);
	return task;
}
