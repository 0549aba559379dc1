/* SPDX-License-Identifier: MIT */
/*
 * futex.c - futex(2): sleep while a word of memory has a value, until somebody says it changed.
 *
 * Waiters hang in a table of queues, hashed by address space and address.  A waiter is in its queue
 * before it reads the word; a waker changes the word before it looks at the queue: so none is
 * missed.  The word is known by its virtual address in one space, which is all that private futexes
 * and processes with one task need; waiting across processes through shared memory is to come with
 * threads.
 */
#include "abi/errno.h"
#include "abi/futex.h"
#include "abi/syscalls.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/process.h"

#define QUEUES 64

struct futex_waiter {
	struct waiter waiter;
	struct address_space *space;
	user_address address;
	uint32_t bits; /* FUTEX_WAIT_BITSET: which wakers mean us */
	bool woken;
};

struct futex_wake {
	user_address address;
	uint32_t bits;
	int left; /* how many more may be woken */
	int woken;
};

static struct wait_queue queues[QUEUES];

static struct wait_queue *queue_of(user_address address)
{
	struct wait_queue *queue =
		&queues[((address >> 2) ^ ((uint64_t)current->space >> 6)) % QUEUES];

	if (!queue->waiters.next)
		wait_queue_init(queue);
	return queue;
}

static bool futex_wake_function(struct waiter *waiter, uint32_t key)
{
	return false; /* woken one by one, by futex_wake() */
}

static bool futex_waiter_is_meant(const struct futex_waiter *waiter, const struct futex_wake *wake)
{
	return waiter->space == current->space && waiter->address == wake->address &&
	       waiter->bits & wake->bits && !waiter->woken;
}

static int futex_wake(user_address address, int most, uint32_t bits)
{
	struct futex_wake wake = { .address = address, .bits = bits, .left = most };
	struct wait_queue *queue = queue_of(address);
	uint64_t flags = spinlock_acquire(&queue->lock);
	struct waiter *each;

	list_for_each(each, &queue->waiters, link) {
		struct futex_waiter *waiter = container_of(each, struct futex_waiter, waiter);

		if (wake.left <= 0)
			break;
		if (!futex_waiter_is_meant(waiter, &wake))
			continue;
		waiter->woken = true;
		task_wake(each->task, TASK_ANY_SLEEP);
		wake.left--;
		wake.woken++;
	}
	spinlock_release(&queue->lock, flags);
	return wake.woken;
}

void futex_wake_address(user_address address)
{
	futex_wake(address, 1, FUTEX_BITSET_MATCH_ANY);
}

/* Sleeps while nobody wakes us; the waiter is in its queue. */
static int futex_sleep(struct futex_waiter *waiter, uint64_t deadline)
{
	int error = 0;

	while (!error) {
		task_set_sleeping(TASK_INTERRUPTIBLE);
		if (read_once(waiter->woken))
			break;
		error = task_sleep_until(deadline);
	}
	task_set_running();
	return read_once(waiter->woken) ? 0 : error;
}

static int futex_wait(user_address address, uint32_t expected, uint64_t deadline, uint32_t bits)
{
	struct futex_waiter waiter = { .space = current->space, .address = address, .bits = bits };
	uint32_t value;
	int error;

	waiter_init(&waiter.waiter);
	waiter.waiter.wake = futex_wake_function;
	wait_queue_add_exclusive(queue_of(address), &waiter.waiter);
	error = user_get(&value, address, sizeof(value));
	if (!error && value != expected)
		error = -EAGAIN;
	if (!error)
		error = futex_sleep(&waiter, deadline);
	wait_queue_remove(&waiter.waiter);
	return error;
}

/* A timeout is a span for FUTEX_WAIT, a point in time for FUTEX_WAIT_BITSET. */
static int deadline_read(user_address timeout, int operation, uint64_t *deadline)
{
	uint64_t time;
	int error;

	*deadline = ~0UL;
	if (!timeout)
		return 0;
	error = timespec_read(timeout, &time);
	if (error)
		return error;
	*deadline = time;
	if ((operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME)) == FUTEX_WAIT)
		*deadline = clock_deadline(time);
	else if (operation & FUTEX_CLOCK_REALTIME)
		*deadline = time - min(time, clock_realtime() - clock_monotonic());
	return 0;
}

/* A private word is known by its address; a shared one by its page, so that must be there. */
static int word_check(user_address word, int operation)
{
	if (!user_range_valid(word, sizeof(uint32_t)))
		return -EFAULT;
	if (operation & FUTEX_PRIVATE_FLAG)
		return 0;
	return address_space_fault(current->space, round_down(word, PAGE_SIZE), AREA_WRITE);
}

long sys_futex(user_address word, int operation, unsigned value, user_address timeout,
	       user_address second, unsigned bits)
{
	int command = operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME), error;
	uint64_t deadline;

	if (command != FUTEX_WAIT_BITSET && command != FUTEX_WAKE_BITSET)
		bits = FUTEX_BITSET_MATCH_ANY;
	if (word & 3 || !bits)
		return -EINVAL;
	switch (command) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		error = deadline_read(timeout, operation, &deadline);
		return error ? error : futex_wait(word, value, deadline, bits);
	case FUTEX_WAKE:
	case FUTEX_WAKE_BITSET:
		error = word_check(word, operation);
		return error ? error : futex_wake(word, (int)value, bits);
	default:
		return -ENOSYS;
	}
}
