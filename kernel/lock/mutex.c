/* SPDX-License-Identifier: MIT */
/*
 * mutex.c - locks whose waiters sleep.
 *
 * Both kinds hand over: who releases gives the lock to the first in the queue (a writer, or all
 * readers up to the next writer) before waking him, so that nobody overtakes and nobody starves.
 * A waiter finds out by `granted` in his own entry.  All state is guarded by waiting.lock.
 */
#include "abi/errno.h"
#include "lock/mutex.h"

struct lock_waiter {
	struct waiter waiter; /* first: the queue's links lead here */
	bool writer;
	bool granted;
};

static struct lock_waiter *first_waiter(struct wait_queue *queue)
{
	struct waiter *first = list_first(&queue->waiters, struct waiter, link);

	return container_of(first, struct lock_waiter, waiter);
}

/* waiting.lock is held. */
static void enqueue(struct wait_queue *queue, struct lock_waiter *waiter, bool writer)
{
	waiter_init(&waiter->waiter);
	waiter->waiter.queue = queue;
	waiter->waiter.exclusive = true;
	waiter->writer = writer;
	waiter->granted = false;
	list_add_last(&queue->waiters, &waiter->waiter.link);
}

/* waiting.lock is held: the entry may be gone as soon as it is released. */
static void grant(struct lock_waiter *waiter)
{
	struct task *task = waiter->waiter.task;

	list_remove(&waiter->waiter.link);
	waiter->waiter.queue = NULL;
	write_once(waiter->granted, true);
	task_wake(task, TASK_ANY_SLEEP);
}

/* Sleeps until granted; -EINTR: a fatal signal came first, and the entry is off the queue. */
static int sleep_until_granted(struct lock_waiter *waiter, struct wait_queue *queue, unsigned state)
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
	if (waiter->granted) {
		error = 0; /* it came after all */
	} else {
		list_remove(&waiter->waiter.link);
		waiter->waiter.queue = NULL;
	}
	spinlock_release(&queue->lock, flags);
	return error ? -EINTR : 0;
}

/* ---- mutex ---- */

void mutex_init(struct mutex *mutex)
{
	*mutex = (struct mutex)MUTEX_INIT(*mutex);
}

static int mutex_acquire_state(struct mutex *mutex, unsigned state)
{
	uint64_t flags = spinlock_acquire(&mutex->waiting.lock);
	struct lock_waiter waiter;

	if (!mutex->taken) {
		mutex->taken = true;
		mutex->owner = current;
		spinlock_release(&mutex->waiting.lock, flags);
		return 0;
	}
	assert(mutex->owner != current);
	enqueue(&mutex->waiting, &waiter, true);
	spinlock_release(&mutex->waiting.lock, flags);
	return sleep_until_granted(&waiter, &mutex->waiting, state);
}

void mutex_acquire(struct mutex *mutex)
{
	mutex_acquire_state(mutex, TASK_UNINTERRUPTIBLE);
}

int mutex_acquire_killable(struct mutex *mutex)
{
	return mutex_acquire_state(mutex, TASK_KILLABLE);
}

bool mutex_try_acquire(struct mutex *mutex)
{
	uint64_t flags = spinlock_acquire(&mutex->waiting.lock);
	bool free = !mutex->taken;

	if (free) {
		mutex->taken = true;
		mutex->owner = current;
	}
	spinlock_release(&mutex->waiting.lock, flags);
	return free;
}

void mutex_release(struct mutex *mutex)
{
	uint64_t flags = spinlock_acquire(&mutex->waiting.lock);

	assert(mutex->taken && mutex->owner == current);
	if (wait_queue_is_empty(&mutex->waiting)) {
		mutex->taken = false;
		mutex->owner = NULL;
	} else {
		struct lock_waiter *next = first_waiter(&mutex->waiting);

		mutex->owner = next->waiter.task;
		grant(next);
	}
	spinlock_release(&mutex->waiting.lock, flags);
}

bool mutex_held(const struct mutex *mutex)
{
	return mutex->taken && mutex->owner == current;
}

/* ---- many readers or one writer ---- */

void rwlock_init(struct rwlock *lock)
{
	*lock = (struct rwlock){ .readers = 0 };
	wait_queue_init(&lock->waiting);
}

/* waiting.lock is held: whether one more may come in, before those who wait. */
static bool rwlock_admits(const struct rwlock *lock, bool writer)
{
	return writer ? lock->readers == 0 : lock->readers >= 0;
}

static void rwlock_enter(struct rwlock *lock, struct task *task, bool writer)
{
	assert(rwlock_admits(lock, writer));
	if (writer) {
		lock->readers = -1;
		lock->writer = task;
	} else {
		lock->readers++;
	}
}

/* waiting.lock is held: lets in the first who waits, and the readers that follow a reader. */
static void rwlock_hand_over(struct rwlock *lock)
{
	while (!wait_queue_is_empty(&lock->waiting)) {
		struct lock_waiter *next = first_waiter(&lock->waiting);

		if (!rwlock_admits(lock, next->writer))
			return;
		rwlock_enter(lock, next->waiter.task, next->writer);
		if (next->writer)
			lock->writers_waiting--;
		grant(next);
	}
}

static int rwlock_acquire(struct rwlock *lock, bool writer, unsigned state)
{
	uint64_t flags = spinlock_acquire(&lock->waiting.lock);
	struct lock_waiter waiter;
	int error;

	if (rwlock_admits(lock, writer) && wait_queue_is_empty(&lock->waiting)) {
		rwlock_enter(lock, current, writer);
		spinlock_release(&lock->waiting.lock, flags);
		return 0;
	}
	assert(lock->writer != current || !current);
	enqueue(&lock->waiting, &waiter, writer);
	lock->writers_waiting += writer;
	spinlock_release(&lock->waiting.lock, flags);
	error = sleep_until_granted(&waiter, &lock->waiting, state);
	if (error) {
		/* Who waited behind us may be let in now. */
		flags = spinlock_acquire(&lock->waiting.lock);
		lock->writers_waiting -= writer;
		rwlock_hand_over(lock);
		spinlock_release(&lock->waiting.lock, flags);
	}
	return error;
}

void rwlock_read_acquire(struct rwlock *lock)
{
	rwlock_acquire(lock, false, TASK_UNINTERRUPTIBLE);
}

void rwlock_write_acquire(struct rwlock *lock)
{
	rwlock_acquire(lock, true, TASK_UNINTERRUPTIBLE);
}

int rwlock_write_acquire_killable(struct rwlock *lock)
{
	return rwlock_acquire(lock, true, TASK_KILLABLE);
}

void rwlock_read_release(struct rwlock *lock)
{
	uint64_t flags = spinlock_acquire(&lock->waiting.lock);

	assert(lock->readers > 0);
	if (--lock->readers == 0)
		rwlock_hand_over(lock);
	spinlock_release(&lock->waiting.lock, flags);
}

void rwlock_write_release(struct rwlock *lock)
{
	uint64_t flags = spinlock_acquire(&lock->waiting.lock);

	assert(rwlock_write_held(lock));
	lock->readers = 0;
	lock->writer = NULL;
	rwlock_hand_over(lock);
	spinlock_release(&lock->waiting.lock, flags);
}

bool rwlock_write_held(const struct rwlock *lock)
{
	return lock->readers == -1 && lock->writer == current;
}

bool rwlock_held(const struct rwlock *lock)
{
	return lock->readers != 0;
}
