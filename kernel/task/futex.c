/* SPDX-License-Identifier: MIT */
/*
 * futex.c - futex(2): sleep while a word of memory has a value, until somebody says it changed.
 *
 * Waiters hang in a table of queues, hashed by what the word is: in shared memory the page cache
 * and the place in it, wherever and by whomever it is mapped; else the address space and the
 * address, which FUTEX_PRIVATE_FLAG says is enough without looking.  A waiter is in its queue
 * before it reads the word; a waker changes the word before it looks at the queue: so none is
 * missed.  A waiter counts the memory it waits for, so that a key is never another's as well.
 */
#include "abi/errno.h"
#include "abi/futex.h"
#include "abi/syscalls.h"
#include "memory/address_space.h"
#include "memory/page_cache.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/process.h"

#define QUEUES 64

struct futex_key {
	const void *object; /* a page cache or an address space */
	uint64_t offset;    /* in bytes there */
};

/* What a waiter keeps alive, if anything. */
struct futex_memory {
	struct file *file;
	struct page_cache *cache;
};

struct futex_waiter {
	struct waiter waiter;
	struct futex_key key;
	uint32_t bits; /* FUTEX_WAIT_BITSET: which wakers mean us */
	bool woken;
};

static struct wait_queue queues[QUEUES];

/* ---- which word it is ---- */

/* The area's page is there.  A private page that cannot be written will never change: -EFAULT. */
static int area_key(const struct area *area, user_address word, bool writable,
		    struct futex_key *key, struct futex_memory *memory)
{
	bool of_cache = area->cache && ((area->flags & AREA_SHARED) || !writable);

	if (!of_cache)
		return writable ? 0 : -EFAULT;
	*key = (struct futex_key){ area->cache, area->offset + (word - area->start) };
	if (!memory)
		return 0;
	memory->file = area->file;
	if (area->file)
		area_file_get(area->file);
	else
		page_cache_get(memory->cache = area->cache);
	return 0;
}

/* Makes the word's page: -EFAULT, -ENOMEM. */
static int word_fault(struct address_space *space, user_address word, unsigned access)
{
	int error = address_space_fault(space, word, access);

	return error && error != -ENOMEM ? -EFAULT : error;
}

/* 0, -EFAULT or -ENOMEM.  `memory`: NULL, or what is counted then. */
static int key_read(user_address word, bool private, struct futex_key *key,
		    struct futex_memory *memory)
{
	struct address_space *space = current->space;
	bool writable;
	struct area *area;
	int error;

	if (!user_range_valid(word, sizeof(uint32_t)))
		return -EFAULT;
	*key = (struct futex_key){ space, word };
	if (private)
		return 0;
	error = word_fault(space, word, AREA_WRITE);
	writable = !error;
	if (error == -EFAULT)
		error = word_fault(space, word, AREA_READ);
	if (error)
		return error;
	error = -EFAULT;
	rwlock_read_acquire(&space->lock);
	area = area_find(space, word);
	if (area && word >= area->start)
		error = area_key(area, word, writable, key, memory);
	rwlock_read_release(&space->lock);
	return error;
}

static void memory_put(const struct futex_memory *memory)
{
	if (memory->file)
		area_file_put(memory->file);
	if (memory->cache)
		page_cache_put(memory->cache);
}

static bool keys_are_equal(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->offset == b->offset;
}

static struct wait_queue *queue_of(const struct futex_key *key)
{
	struct wait_queue *queue =
		&queues[((key->offset >> 2) ^ ((uint64_t)key->object >> 6)) % QUEUES];

	/* Queues are initialised by their first user: 64 of them at boot would be time for
	 * nothing. */
	if (!queue->waiters.next)
		wait_queue_init(queue);
	return queue;
}

/* ---- waking ---- */

static bool futex_wake_function(struct waiter *waiter, uint32_t key)
{
	return false; /* woken one by one, by futex_wake() */
}

static int futex_wake(const struct futex_key *key, int most, uint32_t bits)
{
	struct wait_queue *queue = queue_of(key);
	uint64_t flags = spinlock_acquire(&queue->lock);
	struct waiter *each;
	int woken = 0;

	assert(key->object && bits);
	/* In order of arrival: nobody who waits is passed over for ever. */
	list_for_each(each, &queue->waiters, link) {
		struct futex_waiter *waiter = container_of(each, struct futex_waiter, waiter);

		if (waiter->woken || !(waiter->bits & bits) || !keys_are_equal(&waiter->key, key))
			continue;
		/* Under the queue's lock: a waiter that times out right now finds it set when it
		 * looks last. */
		waiter->woken = true;
		task_wake(each->task, TASK_ANY_SLEEP);
		if (++woken >= most) /* so 0 means 1, as on Linux */
			break;
	}
	spinlock_release(&queue->lock, flags);
	return woken;
}

/* For exit (set_tid_address(2)): one waiter, and a bad address is nobody's error. */
void futex_wake_address(user_address address)
{
	struct futex_key key;

	if (!key_read(address, false, &key, NULL))
		futex_wake(&key, 1, FUTEX_BITSET_MATCH_ANY);
}

/* ---- waiting ---- */

struct futex_wait {
	user_address word;
	uint32_t expected, bits;
	uint64_t deadline; /* ~0: none */
	bool private;
};

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
	/* A wake-up that was counted must not be lost, though a signal or the timeout came as
	 * well. */
	return read_once(waiter->woken) ? 0 : error;
}

/* In this order: in the queue, then the look.  A waker changes the word first and looks at the
 * queue then; so one of the two sees the other. */
static int futex_wait_once(const struct futex_wait *wait)
{
	struct futex_waiter waiter = { .bits = wait->bits };
	struct futex_memory memory = { NULL, NULL };
	uint32_t value;
	int error = key_read(wait->word, wait->private, &waiter.key, &memory);

	if (error)
		return error;
	waiter_init(&waiter.waiter);
	waiter.waiter.wake = futex_wake_function;
	wait_queue_add_exclusive(queue_of(&waiter.key), &waiter.waiter);
	error = user_get(&value, wait->word, sizeof(value));
	if (!error && value != wait->expected)
		error = -EAGAIN;
	if (!error)
		error = futex_sleep(&waiter, wait->deadline);
	/* The waiter lies on this stack: it leaves the queue before the frame goes. */
	wait_queue_remove(&waiter.waiter);
	memory_put(&memory);
	return error;
}

static long futex_wait_again(struct task *task);

/* A wait with an end goes on to that end, and only when no handler ran. */
static long futex_wait(const struct futex_wait *wait)
{
	int error = futex_wait_once(wait);

	if (error != -ERESTARTSYS || wait->deadline == ~0UL)
		return error;
	current->restart = futex_wait_again;
	current->restart_data[0] = wait->word;
	current->restart_data[1] = wait->expected;
	current->restart_data[2] = wait->bits;
	current->restart_data[3] = wait->deadline;
	current->restart_data[4] = wait->private;
	return -ERESTART_RESTARTBLOCK;
}

static long futex_wait_again(struct task *task)
{
	return futex_wait(&(struct futex_wait){
		.word = task->restart_data[0], .expected = (uint32_t)task->restart_data[1],
		.bits = (uint32_t)task->restart_data[2], .deadline = task->restart_data[3],
		.private = task->restart_data[4],
	});
}

/* ---- the call ---- */

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
		/* A point on the wall clock, as one on the clock that sleepers count. */
		*deadline = time - min(time, clock_realtime() - clock_monotonic());
	return 0;
}

/* CLOCK_REALTIME can only be asked for a point in time. */
static int command_check(int command, int operation)
{
	if (operation & FUTEX_CLOCK_REALTIME && command != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	return 0;
}

long sys_futex(user_address word, int operation, unsigned value, user_address timeout,
	       user_address second, unsigned bits)
{
	int command = operation & ~(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME), error = 0;
	bool waits = command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET;
	bool private = operation & FUTEX_PRIVATE_FLAG;
	struct futex_key key;
	uint64_t deadline;

	if (waits)
		error = deadline_read(timeout, operation, &deadline);
	if (!error)
		error = command_check(command, operation);
	if (error)
		return error;
	if (command == FUTEX_WAIT || command == FUTEX_WAKE)
		bits = FUTEX_BITSET_MATCH_ANY;
	if (!waits && command != FUTEX_WAKE && command != FUTEX_WAKE_BITSET)
		return -ENOSYS;
	if (word & 3 || !bits)
		return -EINVAL;
	if (waits)
		return futex_wait(&(struct futex_wait){ .word = word, .expected = value,
							.bits = bits, .deadline = deadline,
							.private = private });
	error = key_read(word, private, &key, NULL);
	return error ? error : futex_wake(&key, (int)value, bits);
}
