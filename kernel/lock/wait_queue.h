/* SPDX-License-Identifier: MIT */
/*
 * wait_queue.h - tasks that sleep until something happens.
 *
 * The one pattern, which loses no wake-up (register first, then look, then sleep):
 *
 *	struct waiter waiter;
 *	waiter_init(&waiter);				// wakes the current task
 *	wait_queue_add(&queue, &waiter);
 *	for (;;) {
 *		task_set_sleeping(TASK_INTERRUPTIBLE);
 *		if (condition) break;
 *		error = task_sleep();			// 0, or -ERESTARTSYS when a signal is due
 *		if (error) break;
 *	}
 *	task_set_running();
 *	wait_queue_remove(&waiter);
 *
 * or wait_event(queue, condition), wait_event_killable(), wait_event_interruptible(), which are
 * that.  poll, select, futex and vfork hang their own waiters (own `wake` function) on the same
 * queues.  Locks: each queue has a spinlock; `wake` runs under it with interrupts off.
 */
#pragma once

#include "lib/list.h"
#include "lock/spinlock.h"

struct task;
struct wait_queue {
	struct spinlock lock;
	struct list waiters; /* guarded by lock; exclusive ones behind the others */
};

struct waiter {
	struct list link;
	struct wait_queue *queue; /* NULL: on none */
	struct task *task;
	bool exclusive; /* wake_one counts it */
	/* Returns whether it woke somebody.  `key`: poll events (POLLIN ...) or 0 for "any". */
	bool (*wake)(struct waiter *waiter, uint32_t key);
};

#define WAIT_QUEUE_INIT(name) { SPINLOCK_INIT, LIST_INIT((name).waiters) }

void wait_queue_init(struct wait_queue *queue);
void waiter_init(struct waiter *waiter);
void wait_queue_add(struct wait_queue *queue, struct waiter *waiter);
void wait_queue_add_exclusive(struct wait_queue *queue, struct waiter *waiter);
void wait_queue_remove(struct waiter *waiter);
/* All non-exclusive waiters and up to one exclusive; `_all` wakes every one. */
void wait_queue_wake(struct wait_queue *queue, uint32_t key);
void wait_queue_wake_all(struct wait_queue *queue, uint32_t key);
static inline bool wait_queue_is_empty(const struct wait_queue *queue)
{
	return list_is_empty(&queue->waiters);
}

/* ---- upward: task/task_sleep.c, scheduler.c ---- */
/* Which wake-ups may end the sleep are distinct bits. */
#define TASK_RUNNING	     0x00
#define TASK_UNINTERRUPTIBLE 0x01
#define TASK_KILLABLE	     0x02 /* only a fatal signal ends it early */
#define TASK_INTERRUPTIBLE   0x04 /* any unblocked signal does */
#define TASK_STOPPED	     0x08 /* SIGCONT or SIGKILL */
#define TASK_DEAD	     0x80
void task_set_sleeping(unsigned state);
void task_set_running(void);
/* Switches away unless a wake-up came first.  -ERESTARTSYS: a signal that this state lets in is
 * pending (the caller turns it into -EINTR where Linux does).  Asserts that no spinlock is held. */
int task_sleep(void);
/* As task_sleep(), at most until clock_monotonic() == deadline; -ETIMEDOUT when that has passed. */
int task_sleep_until(uint64_t deadline);
/* Makes the task runnable if it sleeps in one of `states`; returns whether it did. Any context. */
bool task_wake(struct task *task, unsigned states);
#define TASK_ANY_SLEEP (TASK_UNINTERRUPTIBLE | TASK_KILLABLE | TASK_INTERRUPTIBLE)

#define wait_event_state(queue, state, condition)                                                  \
	({                                                                                         \
		struct waiter waiter_;                                                             \
		int error_ = 0;                                                                    \
		if (!(condition)) {                                                                \
			waiter_init(&waiter_);                                                     \
			wait_queue_add(queue, &waiter_);                                           \
			for (;;) {                                                                 \
				task_set_sleeping(state);                                          \
				if (condition)                                                     \
					break;                                                     \
				error_ = task_sleep();                                             \
				if (error_)                                                        \
					break;                                                     \
			}                                                                          \
			task_set_running();                                                        \
			wait_queue_remove(&waiter_);                                               \
		}                                                                                  \
		error_;                                                                            \
	})
#define wait_event(queue, condition)                                                               \
	((void)wait_event_state(queue, TASK_UNINTERRUPTIBLE, condition))
#define wait_event_killable(queue, condition) wait_event_state(queue, TASK_KILLABLE, condition)
#define wait_event_interruptible(queue, condition)                                                 \
	wait_event_state(queue, TASK_INTERRUPTIBLE, condition)
