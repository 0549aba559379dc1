/* SPDX-License-Identifier: MIT */
/*
 * statistics.c - the system's times and load, computed when somebody asks.
 *
 * There is no tick to sample the load at.  The run queue keeps the integral of the number of tasks
 * in line over time, and the processor's busy time is that of the running one; both differences
 * since the last look, divided by the time since, give the mean load of that span, and the three
 * averages move towards it by e^(-span / their period).
 *
 * Locks: statistics_lock for the sums and averages; process_tree_lock (taken first, not nested)
 * for the living. Figures are taken one after the other, so a sum may be a few microseconds off;
 * nothing in it ever goes backwards by more than that.
 */
#include "task/statistics.h"
#include "task/process.h"
#include "task/scheduler.h"

#define LOAD_ONE   65536UL
#define LOAD_STEP  5000000000UL /* ns: the averages move in steps of this, as on Linux */
#define LOAD_STEPS_MOST 1024	/* after which only the newest load counts */

static struct spinlock statistics_lock;
/* guarded by statistics_lock */
static uint64_t dead_run_time, dead_user_time;
static uint64_t load[3];
static uint64_t load_looked, load_integral; /* when, and what the integral was then */

void statistics_bury(const struct task *task)
{
	uint64_t flags = spinlock_acquire(&statistics_lock);

	dead_run_time += task_run_time(task);
	dead_user_time += task_user_time(task);
	spinlock_release(&statistics_lock, flags);
}

/* e^(-5 s / 1, 5, 15 min), scaled by LOAD_ONE. */
static const uint64_t load_keep[3] = { 60296, 64453, 65173 };

static void load_move(uint64_t mean, uint64_t steps)
{
	unsigned i;

	/* As if the mean had been sampled at each of the steps that nobody looked. */
	for (steps = min(steps, (uint64_t)LOAD_STEPS_MOST); steps > 0; steps--)
		for (i = 0; i < 3; i++)
			load[i] = (load[i] * load_keep[i] + mean * (LOAD_ONE - load_keep[i])) /
				  LOAD_ONE;
}

static void load_update(const struct queue_figures *figures)
{
	uint64_t now = clock_monotonic(), span = now - load_looked;
	uint64_t integral = figures->waiting_integral + now - figures->idle_time;

	assert(spinlock_held(&statistics_lock));
	if (span < LOAD_STEP)
		return;
	load_move((integral - load_integral) / (span / LOAD_ONE), span / LOAD_STEP);
	load_looked = now;
	load_integral = integral;
}

void task_statistics_get(struct task_statistics *statistics)
{
	struct queue_figures figures;
	uint64_t flags;
	unsigned i;

	scheduler_figures(&figures);
	*statistics = (struct task_statistics){
		.idle_time = figures.idle_time,
		.switches = figures.switches,
		.forks = forks_total,
		.tasks = threads_count(),
		.runnable = figures.runnable,
	};
	flags = spinlock_acquire(&statistics_lock);
	load_update(&figures);
	for (i = 0; i < 3; i++)
		statistics->load[i] = load[i];
	spinlock_release(&statistics_lock, flags);
}

/* Of the tasks that still live. */
static void live_times_add(uint64_t *user, uint64_t *system)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct process *process;
	struct task *task;

	list_for_each(process, &all_processes, all_link)
		list_for_each(task, &process->tasks, process_link) {
			if (task->state == TASK_DEAD && !task->stack_top)
				continue; /* counted among the dead */
			*user += task_user_time(task);
			*system += task_run_time(task) - task_user_time(task);
		}
	spinlock_release(&process_tree_lock, flags);
}

void task_times_get(uint64_t *user, uint64_t *system)
{
	uint64_t flags;

	*user = *system = 0;
	live_times_add(user, system);
	flags = spinlock_acquire(&statistics_lock);
	debug_assert(dead_run_time >= dead_user_time);
	*user += dead_user_time;
	*system += dead_run_time - dead_user_time;
	spinlock_release(&statistics_lock, flags);
}
