/* SPDX-License-Identifier: MIT */
/*
 * timer.c - deadlines in order, and one programmed into the hardware.
 *
 * A red-black tree by deadline, with the earliest kept at hand.  `programmed` is the deadline that
 * the hardware will interrupt at; it only ever moves earlier, until its interrupt comes: cancelling
 * a timer costs no access to the device, at worst an interrupt finds nothing to do.
 *
 * Functions run in the interrupt, without the lock, one after the other.
 *
 * Lock: timers_lock, the innermost of the spinlocks but the device's; functions may arm and cancel
 * any timer, also their own. On one processor a function cannot be running while timer_cancel() is
 * called from a task, because it runs with interrupts off.
 */
#include "task/timer.h"
#include "lock/spinlock.h"

static struct spinlock timers_lock;
static struct tree timers;	    /* guarded by timers_lock, all below too */
static struct timer *earliest;	    /* the leftmost of the tree, or NULL */
static uint64_t programmed = ~0ULL; /* ~0: no interrupt is due */

static struct timer *timer_of(struct tree_node *node)
{
	return node ? container_of(node, struct timer, node) : NULL;
}

static void timer_insert(struct timer *timer)
{
	struct tree_node **link = &timers.root, *parent = NULL;
	bool leftmost = true;

	assert(spinlock_held(&timers_lock) && !timer->armed);
	while (*link) {
		parent = *link;
		if (timer->deadline < timer_of(parent)->deadline) {
			link = &parent->left;
		} else {
			link = &parent->right;
			leftmost = false;
		}
	}
	tree_insert_at(&timers, &timer->node, parent, link);
	timer->armed = true;
	if (leftmost)
		earliest = timer;
}

static void timer_remove(struct timer *timer)
{
	assert(spinlock_held(&timers_lock) && timer->armed);
	debug_assert(earliest && earliest->deadline <= timer->deadline);
	if (timer == earliest)
		earliest = timer_of(tree_next(&timer->node));
	tree_remove(&timers, &timer->node);
	timer->armed = false;
}

static void earliest_program(void)
{
	if (earliest && earliest->deadline < programmed) {
		programmed = earliest->deadline;
		clock_event_program(programmed);
	}
}

void timer_arm(struct timer *timer, uint64_t deadline)
{
	uint64_t flags = spinlock_acquire(&timers_lock);

	assert(timer->function);
	if (timer->armed)
		timer_remove(timer);
	timer->deadline = deadline;
	timer_insert(timer);
	earliest_program();
	spinlock_release(&timers_lock, flags);
}

bool timer_cancel(struct timer *timer)
{
	uint64_t flags = spinlock_acquire(&timers_lock);
	bool armed = timer->armed;

	if (armed)
		timer_remove(timer);
	spinlock_release(&timers_lock, flags);
	return armed;
}

/* The first timer whose time has come, taken out of the tree; or NULL. */
static struct timer *timer_take_expired(uint64_t now)
{
	uint64_t flags = spinlock_acquire(&timers_lock);
	struct timer *timer = earliest && earliest->deadline <= now ? earliest : NULL;

	if (timer)
		timer_remove(timer);
	spinlock_release(&timers_lock, flags);
	return timer;
}

void timer_interrupt(struct registers *registers)
{
	struct timer *timer;
	uint64_t flags;

	debug_assert(!interrupts_enabled());
	/* The device fires once: nothing is programmed until earliest_program() says so. */
	programmed = ~0ULL;
	while ((timer = timer_take_expired(clock_monotonic())))
		timer->function(timer);
	flags = spinlock_acquire(&timers_lock);
	earliest_program();
	spinlock_release(&timers_lock, flags);
}
