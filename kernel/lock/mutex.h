/* SPDX-License-Identifier: MIT */
/*
 * mutex.h - exclusion whose waiters sleep: mutexes, and locks that many readers or one writer hold.
 *
 * May be held across sleeps, faults and user copies where the lock order (docs/locks.md) allows.
 * Never taken in interrupts.  Both are fair: who waits is served in order; a waiting writer holds
 * back new readers.
 *
 * Fields: `state` is changed by compare-and-exchange as sleeping_lock.h says; `owner` and `writer`
 * are written by the holder alone, so "do I hold it" needs no lock; `waiting` has its own.
 *
 * May be taken recursively: neither (asserted). A rwlock's reader must not take it again: a writer
 * that waits in between would wait for him, and he for it.
 */
#pragma once

#include "lock/wait_queue.h"

struct mutex {
	uint32_t state;	    /* LOCK_...: changes by compare-and-exchange, see mutex.c */
	/* NULL when free (and before there are tasks); own reads need no lock */
	struct task *owner;
	struct wait_queue waiting;
};

#define MUTEX_INIT(name) { 0, NULL, WAIT_QUEUE_INIT((name).waiting) }

void mutex_init(struct mutex *mutex);
void mutex_acquire(struct mutex *mutex);
int mutex_acquire_killable(struct mutex *mutex); /* -EINTR: a fatal signal came */
bool mutex_try_acquire(struct mutex *mutex);
void mutex_release(struct mutex *mutex);
bool mutex_held(const struct mutex *mutex); /* by the current task */

struct rwlock {
	uint32_t state;	     /* LOCK_...: or the number of readers */
	struct task *writer; /* who holds it alone, or NULL */
	struct wait_queue waiting;
};

void rwlock_init(struct rwlock *lock);
void rwlock_read_acquire(struct rwlock *lock);
void rwlock_read_release(struct rwlock *lock);
void rwlock_write_acquire(struct rwlock *lock);
int rwlock_write_acquire_killable(struct rwlock *lock); /* -EINTR */
void rwlock_write_release(struct rwlock *lock);
bool rwlock_write_held(const struct rwlock *lock); /* by the current task */
bool rwlock_held(const struct rwlock *lock);	   /* by anybody, in either way */
