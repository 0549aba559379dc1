/* SPDX-License-Identifier: MIT */
/*
 * spinlock.h - short mutual exclusion, also against interrupts.
 *
 * spinlock_acquire() disables interrupts and returns the flags that spinlock_release() restores.
 * The holder must not sleep, copy from or to user memory, or fault.  On one processor the lock is
 * never found taken; that it is taken is asserted all the same, so that a self-deadlock speaks.
 *
 * Interrupts off for as long as it is held is also what makes the lock usable in interrupt
 * handlers: none can come in between and find it taken. Keep it short: every interrupt waits.
 */
#pragma once

#include "arch/arch.h"
#include "lib/assert.h"

struct spinlock {
	uint32_t held; /* what orders it are the barriers of saving and restoring interrupts */
};

#define SPINLOCK_INIT { 0 }

static inline bool spinlock_held(const struct spinlock *lock)
{
	return lock->held;
}

static inline uint64_t spinlock_acquire(struct spinlock *lock)
{
	uint64_t flags = interrupts_save();

	assert(!lock->held); /* one processor: already held means by ourselves */
	lock->held = 1;
	return flags;
}

static inline void spinlock_release(struct spinlock *lock, uint64_t flags)
{
	assert(lock->held);
	__asm__ volatile("" : : : "memory");
	lock->held = 0;
	interrupts_restore(flags);
}
