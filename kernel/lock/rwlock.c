/* SPDX-License-Identifier: MIT */
/*
 * rwlock.c - locks that many readers or one writer hold (sleeping_lock.h has the protocol).
 *
 * The word is LOCK_WRITER or the number of readers, with LOCK_WAITERS when somebody waits: then new
 * readers queue behind a waiting writer.  Invariant: `writer` is set only with LOCK_WRITER.
 *
 * Who waits is served in order, but readers that stand together enter together. A release gives
 * its share back under the queue's lock as soon as somebody waits, so a hand-over and a new
 * arrival cannot miss each other.
 *
 * Locks: the queue's spinlock; nothing here sleeps but lock_sleep().
 */
#include "lock/sleeping_lock.h"

void rwlock_init(struct rwlock *lock)
{
	*lock = (struct rwlock){ .state = LOCK_FREE };
	wait_queue_init(&lock->waiting);
}

/* Takes the lock as long as nobody waits and the holders allow it. */
static bool rwlock_enter(struct rwlock *lock, bool writer)
{
	uint32_t now = read_once(lock->state);

	if (writer) {
		if (!lock_change(&lock->state, LOCK_FREE, LOCK_WRITER))
			return false;
		lock->writer = current;
		return true;
	}
	while (!(now & (LOCK_WRITER | LOCK_WAITERS))) {
		if (lock_change(&lock->state, now, now + 1))
			return true;
		now = read_once(lock->state);
	}
	return false;
}

/* waiting.lock is held and LOCK_WAITERS set: lets in the first, and readers that follow a
 * reader. */
static void rwlock_admit(struct rwlock *lock)
{
	while (!wait_queue_is_empty(&lock->waiting)) {
		struct lock_waiter *next = lock_first_waiter(&lock->waiting);
		uint32_t held = lock->state & ~LOCK_WAITERS;

		if (next->writer ? held != LOCK_FREE : held & LOCK_WRITER)
			return;
		assert(spinlock_held(&lock->waiting.lock));
		lock->state += next->writer ? LOCK_WRITER : 1;
		if (next->writer)
			lock->writer = next->waiter.task;
		lock_grant(next);
	}
	lock->state &= ~LOCK_WAITERS;
}

static int rwlock_acquire_slowly(struct rwlock *lock, bool writer, unsigned sleep_state)
{
	uint64_t flags = spinlock_acquire(&lock->waiting.lock);
	struct lock_waiter waiter;
	int error;

	assert(!lock->writer || lock->writer != current);
	__atomic_fetch_or(&lock->state, LOCK_WAITERS, __ATOMIC_SEQ_CST);
	lock_enqueue(&lock->waiting, &waiter, writer);
	rwlock_admit(lock); /* it may have become free before the flag was up */
	spinlock_release(&lock->waiting.lock, flags);
	error = lock_sleep(&waiter, &lock->waiting, sleep_state);
	if (error) {
		/* Who waited behind us may have waited only for us. */
		flags = spinlock_acquire(&lock->waiting.lock);
		if (lock->state & LOCK_WAITERS)
			rwlock_admit(lock);
		spinlock_release(&lock->waiting.lock, flags);
	}
	return error;
}

void rwlock_read_acquire(struct rwlock *lock)
{
	if (!rwlock_enter(lock, false))
		rwlock_acquire_slowly(lock, false, TASK_UNINTERRUPTIBLE);
}

void rwlock_write_acquire(struct rwlock *lock)
{
	if (!rwlock_enter(lock, true))
		rwlock_acquire_slowly(lock, true, TASK_UNINTERRUPTIBLE);
}

int rwlock_write_acquire_killable(struct rwlock *lock)
{
	return rwlock_enter(lock, true) ? 0 : rwlock_acquire_slowly(lock, true, TASK_KILLABLE);
}

/* Somebody waits: `share` of the word is given back under the queue's lock. */
static void rwlock_release_slowly(struct rwlock *lock, uint32_t share)
{
	uint64_t flags = spinlock_acquire(&lock->waiting.lock);

	__atomic_fetch_sub(&lock->state, share, __ATOMIC_SEQ_CST);
	if (lock->state & LOCK_WAITERS)
		rwlock_admit(lock);
	spinlock_release(&lock->waiting.lock, flags);
}

void rwlock_read_release(struct rwlock *lock)
{
	uint32_t now = read_once(lock->state);

	assert((now & LOCK_READERS) != 0 && !(now & LOCK_WRITER));
	if (now & LOCK_WAITERS || !lock_change(&lock->state, now, now - 1))
		rwlock_release_slowly(lock, 1);
}

void rwlock_write_release(struct rwlock *lock)
{
	assert(rwlock_write_held(lock));
	lock->writer = NULL;
	if (!lock_change(&lock->state, LOCK_WRITER, LOCK_FREE))
		rwlock_release_slowly(lock, LOCK_WRITER);
}

bool rwlock_write_held(const struct rwlock *lock)
{
	return lock->state & LOCK_WRITER && lock->writer == current;
}

bool rwlock_held(const struct rwlock *lock)
{
	return (lock->state & ~LOCK_WAITERS) != LOCK_FREE;
}
