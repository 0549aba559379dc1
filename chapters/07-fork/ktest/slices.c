/* SPDX-License-Identifier: MIT */
/*
 * slices.c - two kernel tasks and what the scheduler owes them: a slice for who has none, the front of
 * the line for who slept with some left, the end of it for who used all, a true account of waiting, and
 * a wake-up from every state that asks for one, but none from death.
 *
 * The test itself is the idle task, which may not sleep: it lets the two run until both are gone.
 */
#include "ktest.h"
#include "task/scheduler.h"

#define MILLISECOND 1000000UL

static struct task *sleeper;
static unsigned steps;	 /* how often the sleeper ran */
static bool spends, ends; /* what it does at the next step */
static unsigned sleeps_in = TASK_UNINTERRUPTIBLE;

static void sleep_in_steps(void *unused)
{
	while (!ends) {
		steps++;
		if (spends)
			current->slice_left = 0; /* as if it had run that long */
		task_set_sleeping(sleeps_in);
		schedule();
	}
}

static void spin(uint64_t nanoseconds)
{
	uint64_t end = clock_monotonic() + nanoseconds;

	while (clock_monotonic() < end)
		cpu_relax();
}

static uint64_t waited(void)
{
	struct queue_figures now;

	scheduler_figures(&now);
	return now.waiting_integral;
}

/* One task waits in line for 3 ms, while we run. */
static void account(void)
{
	uint64_t start = waited();

	sleeper = kernel_task_create("sleeper", sleep_in_steps, NULL);
	assert(sleeper);
	spin(3 * MILLISECOND);
	task_yield();
	observe("waited_100us=%lu ran=%u", (waited() - start) / (MILLISECOND / 10), steps);
}

/* It sleeps with most of its slice left. */
static void wake_with_slice(void)
{
	observe("wrong_state=%d", task_wake(sleeper, TASK_INTERRUPTIBLE | TASK_KILLABLE));
	task_yield();
	observe("ran=%u wanted=%d", steps, scheduler_wants_preemption());
	observe("right_state=%d", task_wake(sleeper, TASK_ANY_SLEEP));
	observe("wanted=%d", scheduler_wants_preemption());
	spends = true;
	schedule();
	observe("ran=%u wanted=%d", steps, scheduler_wants_preemption());
}

/* It sleeps with nothing left, and we have a whole slice of 10 ms: it waits for the end of that. */
static void wake_without_slice(void)
{
	spin(25 * MILLISECOND); /* no timer of before is left */
	task_yield();
	current->work = 0;
	task_wake(sleeper, TASK_ANY_SLEEP);
	observe("wanted=%d", scheduler_wants_preemption());
	spin(8 * MILLISECOND);
	observe("slice_over=%d", current->work & WORK_RESCHEDULE);
	spin(4 * MILLISECOND);
	observe("slice_over=%d", current->work & WORK_RESCHEDULE);
}

/* Whoever wakes names the states that he means; stopped is one of them, though no signal is here yet. */
static void wake_by_state(void)
{
	for (unsigned state = TASK_UNINTERRUPTIBLE; state <= TASK_STOPPED; state *= 2) {
		bool by_others, by_own;

		sleeps_in = state;
		task_yield();
		by_others = task_wake(sleeper, ~state);
		by_own = task_wake(sleeper, state);
		observe("state=%u others=%d own=%d", state, by_others, by_own);
	}
}

/* Two at once, with one millisecond left to us: it is our slice whose end is watched, however much the
 * first has, and the one that comes to the end of the line does not make his place worse. */
static void wake_two(void)
{
	struct task *other = kernel_task_create("other", sleep_in_steps, NULL);

	assert(other);
	spends = false;
	task_yield();
	current->work = 0;
	current->slice_left = MILLISECOND;
	task_wake(sleeper, TASK_ANY_SLEEP | TASK_STOPPED);
	spin(3 * MILLISECOND);
	observe("slice_over=%d", current->work & WORK_RESCHEDULE);
	other->slice_left = 0;
	task_wake(other, TASK_ANY_SLEEP | TASK_STOPPED);
	observe("front_then_end=%d", scheduler_wants_preemption());
}

static void measure(void *unused)
{
	task_yield();
	observe("alone=%d", current->slice_left > 0);
	account();
	wake_with_slice();
	wake_without_slice();
	wake_by_state();
	wake_two();
	task_get(sleeper);
	ends = true;
	task_yield();
	observe("dead=%d", task_wake(sleeper, ~0U));
	task_put(sleeper);
}

static void slices(void)
{
	if (!kernel_task_create("measure", measure, NULL))
		panic("no memory for a test's task");
	idle_work();
	interrupts_enable();
}
KTEST(slices);
