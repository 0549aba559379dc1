/* SPDX-License-Identifier: MIT */
/*
 * wait_queue.c - the lists of those who wait (wait_queue.h has the pattern).
 *
 * Exclusive waiters stand behind all others, in order of arrival: a wake-up walks the list, wakes
 * every non-exclusive one, and stops after the first exclusive one that it really woke.  A waiter
 * stays on its queue until it removes itself, so a `wake` function must bear being called again.
 */
#include "lock/wait_queue.h"

void wait_queue_init(struct wait_queue *queue)
{
	*queue = (struct wait_queue)WAIT_QUEUE_INIT(*queue);
}

static bool wake_task(struct waiter *waiter, uint32_t key)
{
	return task_wake(waiter->task, TASK_ANY_SLEEP);
}

void waiter_init(struct waiter *waiter)
{
	*waiter = (struct waiter){ .task = current, .wake = wake_task };
	list_init(&waiter->link);
}

void wait_queue_add(struct wait_queue *queue, struct waiter *waiter)
{
	uint64_t flags = spinlock_acquire(&queue->lock);

	assert(!waiter->queue);
	waiter->queue = queue;
	waiter->exclusive = false;
	list_add_first(&queue->waiters, &waiter->link);
	spinlock_release(&queue->lock, flags);
}

void wait_queue_add_exclusive(struct wait_queue *queue, struct waiter *waiter)
{
	uint64_t flags = spinlock_acquire(&queue->lock);

	assert(!waiter->queue);
	waiter->queue = queue;
	waiter->exclusive = true;
	list_add_last(&queue->waiters, &waiter->link);
	spinlock_release(&queue->lock, flags);
}

void wait_queue_remove(struct waiter *waiter)
{
	struct wait_queue *queue = waiter->queue;
	uint64_t flags;

	if (!queue)
		return;
	flags = spinlock_acquire(&queue->lock);
	assert(waiter->queue == queue);
	list_remove(&waiter->link);
	waiter->queue = NULL;
	spinlock_release(&queue->lock, flags);
}

/* Wakes until `exclusive_most` exclusive waiters have been woken. */
static void wake(struct wait_queue *queue, uint32_t key, unsigned exclusive_most)
{
	struct waiter *waiter, *following;
	uint64_t flags;

	/* Who registers after this look sees the condition himself. */
	if (wait_queue_is_empty(queue))
		return;
	flags = spinlock_acquire(&queue->lock);
	list_for_each_safe(waiter, following, &queue->waiters, link)
		if (waiter->wake(waiter, key) && waiter->exclusive && --exclusive_most == 0)
			break;
	spinlock_release(&queue->lock, flags);
}

void wait_queue_wake(struct wait_queue *queue, uint32_t key)
{
	wake(queue, key, 1);
}

void wait_queue_wake_all(struct wait_queue *queue, uint32_t key)
{
	wake(queue, key, ~0u);
}
