/* SPDX-License-Identifier: MIT */
/*
 * pid.c - numbers: handed out in a circle, found by a radix tree, reused when nobody holds them.
 *
 * A pid whose process or group exists is held by that process; so what pid_find() returns under the
 * process-tree lock stays valid as long as the lock is held.
 *
 * Why in a circle, and not the lowest free one: a number that was just freed may still be in some
 * program's hands (a shell's kill %1); the longer it stays unused, the better.
 *
 * Order of locks: process_tree_lock > pid_lock; the last put may come with or without the former.
 */
#include "abi/errno.h"
#include "task/pid.h"
#include "lib/assert.h"
#include "lib/radix.h"
#include "lock/spinlock.h"
#include "memory/heap.h"

#define PID_RESERVED 300 /* after the first round the low numbers stay with long-lived daemons */

int pid_max = PID_MAX_DEFAULT;
struct pid pid_zero = {
	.count = 1, .group = LIST_INIT(pid_zero.group), .session = LIST_INIT(pid_zero.session),
};

static struct spinlock pid_lock;
static struct radix pids;  /* number -> struct pid; guarded by pid_lock, like the two below */
static int last_number;
static struct slab_cache pid_cache = SLAB_CACHE("pid", struct pid);

/* The next free number in the circle, or 0. */
static int number_pick(void)
{
	uint64_t number = radix_next_absent(&pids, (uint64_t)last_number + 1);

	assert(spinlock_held(&pid_lock));
	if (number >= (uint64_t)pid_max)
		/* As Linux: the second round begins at 300. */
		number = radix_next_absent(&pids, PID_RESERVED);
	return number < (uint64_t)pid_max ? (int)number : 0;
}

int pid_create(struct pid **created)
{
	struct pid *pid = slab_alloc(&pid_cache);
	uint64_t flags;
	int number, error = -EAGAIN;

	if (!pid)
		return -ENOMEM;
	flags = spinlock_acquire(&pid_lock);
	number = number_pick();
	if (number)
		error = radix_insert(&pids, (uint64_t)number, pid);
	if (!error)
		last_number = number;
	spinlock_release(&pid_lock, flags);
	if (error) {
		slab_free(&pid_cache, pid);
		return error;
	}
	*pid = (struct pid){ .number = number, .count = 1 };
	list_init(&pid->group);
	list_init(&pid->session);
	*created = pid;
	return 0;
}

void pid_get(struct pid *pid)
{
	assert(pid->count > 0);
	__atomic_add_fetch(&pid->count, 1, __ATOMIC_RELAXED);
}

void pid_put(struct pid *pid)
{
	uint64_t flags;

	assert(!pid || pid->count > 0);
	if (!pid || __atomic_sub_fetch(&pid->count, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	/* Everything that the number stands for holds a count: with the last one gone, nothing is
	 * left. */
	assert(!pid->task && !pid->process);
	assert(list_is_empty(&pid->group) && list_is_empty(&pid->session));
	flags = spinlock_acquire(&pid_lock);
	radix_remove(&pids, (uint64_t)pid->number);
	spinlock_release(&pid_lock, flags);
	slab_free(&pid_cache, pid);
}

struct pid *pid_find(int number)
{
	struct pid *pid = NULL;
	uint64_t flags;

	if (number <= 0)
		return NULL;
	flags = spinlock_acquire(&pid_lock);
	pid = radix_get(&pids, (uint64_t)number);
	spinlock_release(&pid_lock, flags);
	return pid;
}

struct pid *pid_next(int from)
{
	uint64_t flags = spinlock_acquire(&pid_lock), number = (uint64_t)max(from, 1);
	struct pid *pid = radix_next(&pids, &number);

	spinlock_release(&pid_lock, flags);
	return pid;
}

int pid_last(void)
{
	return last_number;
}
