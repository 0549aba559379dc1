/* SPDX-License-Identifier: MIT */
/*
 * mutex.c - locks that one task holds, and whose waiters sleep (sleeping_lock.h has the protocol).
 *
 * A mutex is LOCK_FREE, LOCK_WRITER, or LOCK_WRITER | LOCK_WAITERS.
 */
#include "abi/errno.h"
#include "lock/sleeping_lock.h"

/* ---- the queue, shared with rwlock.c ---- */

struct lock_waiter *lock_first_waiter(struct wait_queue *queue)
{
	struct waiter *first = list_first(&queue->waiters, struct waiter, link);

	return container_of(first, struct lock_waiter, waiter);
}

void lock_enqueue(struct wait_queue *queue, struct lock_waiter *waiter, bool writer)
{
	assert(spinlock_held(&queue->lock));
	waiter_init(&waiter->waiter);
	waiter->waiter.queue = queue;
	waiter->waiter.exclusive = true;
	waiter->writer = writer;
	waiter->granted = false;
	list_add_last(&queue->waiters, &waiter->waiter.link);
}

static void lock_dequeue(struct lock_waiter *waiter)
{
	list_remove(&waiter->waiter.link);
	waiter->waiter.queue = NULL;
}

void lock_grant(struct lock_waiter *waiter)
{
	struct task *task = waiter->waiter.task;

	lock_dequeue(waiter);
	/* The waiter's stack frame holds the entry, and he may return the moment he sees this:
	 * nothing of it is touched after, which is why `task` was read before. */
	write_once(waiter->granted, true);
	task_wake(task, TASK_ANY_SLEEP);
}

int lock_sleep(struct lock_waiter *waiter, struct wait_queue *queue, unsigned state)
{
	uint64_t flags;
	int error = 0;

	while (!read_once(waiter->granted) && !error) {
		task_set_sleeping(state);
		if (!read_once(waiter->granted))
			error = task_sleep();
	}
	task_set_running();
	if (!error)
		return 0;
	flags = spinlock_acquire(&queue->lock);
	if (waiter->granted)
		error = 0; /* it came after all */
	else
		lock_dequeue(waiter);
	spinlock_release(&queue->lock, flags);
	return error ? -EINTR : 0;
}

/* ---- mutexes ---- */

void mutex_init(struct mutex *mutex)
{
	*mutex = (struct mutex)MUTEX_INIT(*mutex);
}

/* Somebody holds it, or did a moment ago. */
static int mutex_acquire_slowly(struct mutex *mutex, unsigned sleep_state)
{
	uint64_t flags = spinlock_acquire(&mutex->waiting.lock);
	struct lock_waiter waiter;
	uint32_t before = __atomic_fetch_or(&mutex->state, LOCK_WRITER | LOCK_WAITERS,
					    __ATOMIC_SEQ_CST);

	/* It was released between the failed exchange and now; LOCK_WAITERS goes again, since
	 * nobody is in the queue (else it would not have been free). */
	if (before == LOCK_FREE) {
		mutex->owner = current;
		mutex->state = LOCK_WRITER;
		spinlock_release(&mutex->waiting.lock, flags);
		return 0;
	}
	/* To wait for oneself would be for ever. */
	assert(mutex->owner != current);
	lock_enqueue(&mutex->waiting, &waiter, true);
	spinlock_release(&mutex->waiting.lock, flags);
	return lock_sleep(&waiter, &mutex->waiting, sleep_state);
}

void mutex_acquire(struct mutex *mutex)
{
	if (lock_change(&mutex->state, LOCK_FREE, LOCK_WRITER))
		mutex->owner = current;
	else
		mutex_acquire_slowly(mutex, TASK_UNINTERRUPTIBLE);
}

int mutex_acquire_killable(struct mutex *mutex)
{
	if (!lock_change(&mutex->state, LOCK_FREE, LOCK_WRITER))
		return mutex_acquire_slowly(mutex, TASK_KILLABLE);
	mutex->owner = current;
	return 0;
}

bool mutex_try_acquire(struct mutex *mutex)
{
	if (!lock_change(&mutex->state, LOCK_FREE, LOCK_WRITER))
		return false;
	mutex->owner = current;
	return true;
}

static void mutex_hand_over(struct mutex *mutex)
{
	uint64_t flags = spinlock_acquire(&mutex->waiting.lock);

	assert(mutex->state == (LOCK_WRITER | LOCK_WAITERS));
	if (wait_queue_is_empty(&mutex->waiting)) { /* who waited was killed */
		mutex->state = LOCK_FREE;
	} else {
		struct lock_waiter *next = lock_first_waiter(&mutex->waiting);

		/* Handed over before he wakes: the lock is never free in between, so nobody can
		 * overtake. */
		mutex->owner = next->waiter.task;
		lock_grant(next);
		if (wait_queue_is_empty(&mutex->waiting))
			mutex->state = LOCK_WRITER;
	}
	spinlock_release(&mutex->waiting.lock, flags);
}

void mutex_release(struct mutex *mutex)
{
	assert(mutex_held(mutex));
	mutex->owner = NULL;
	if (!lock_change(&mutex->state, LOCK_WRITER, LOCK_FREE))
		mutex_hand_over(mutex);
}

bool mutex_held(const struct mutex *mutex)
{
	return mutex->state != LOCK_FREE && mutex->owner == current;
}
