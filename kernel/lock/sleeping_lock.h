/* SPDX-License-Identifier: MIT */
/*
 * sleeping_lock.h - what mutex.c and rwlock.c have in common: the word that says who is in, and the
 * queue of those who wait.
 *
 * The word is changed by compare-and-exchange alone while LOCK_WAITERS is clear: taking a free lock
 * and releasing one that nobody waits for touch nothing else.  With LOCK_WAITERS set, every change
 * is made under waiting.lock, and a release hands over: it gives the lock to the first in the queue
 * before waking him, so that nobody overtakes and nobody starves.
 */
#pragma once

#include "lock/mutex.h"

#define LOCK_FREE    0u
#define LOCK_WAITERS (1u << 31)
#define LOCK_WRITER  (1u << 30) /* held by one alone: always so for a mutex */
#define LOCK_READERS (LOCK_WRITER - 1) /* these bits count the readers */

struct lock_waiter {
	struct waiter waiter;
	bool writer;
	bool granted;
};

static inline bool lock_change(uint32_t *state, uint32_t from, uint32_t to)
{
	return __atomic_compare_exchange_n(state, &from, to, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

/* All with waiting.lock held. */
struct lock_waiter *lock_first_waiter(struct wait_queue *queue);
void lock_enqueue(struct wait_queue *queue, struct lock_waiter *waiter, bool writer);
/* The lock is the waiter's: off the queue, awake.  The entry may be gone when this returns. */
void lock_grant(struct lock_waiter *waiter);

/* Without it: sleeps until granted.  -EINTR: a fatal signal came first; the entry is off the
 * queue. */
int lock_sleep(struct lock_waiter *waiter, struct wait_queue *queue, unsigned state);
