/* SPDX-License-Identifier: MIT */
/*
 * poll_set.c - the one loop behind every call that waits for several files at once.
 *
 * Model: look at everything; the look of the first round also hangs an entry on each queue that a
 * file names.  If nothing is ready, sleep; a wake-up whose events are wanted sets `woken`, and the
 * next round looks again without registering.  `woken` is cleared before the look and tested after
 * the task counts as sleeping, so a wake-up between look and sleep is not lost.
 *
 * What is found ready wins over the deadline, the deadline over a signal: after either the loop
 * looks once more.  A deadline of POLL_NOW looks once and never registers.
 *
 * Invariants: an entry is on its queue from poll_set_queue() to poll_set_release(), and counts the
 * file, because the queue lies in what the file owns.  The first entries lie in the set, on the
 * stack; more come from the heap, in chunks.
 */
#include "fs/poll_set.h"

#include "abi/errno.h"
#include "abi/prctl.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/task.h"

#define POLL_CHUNK_ENTRIES 32
struct poll_chunk {
	struct poll_chunk *next;
	uint32_t used;
	struct poll_entry entry[POLL_CHUNK_ENTRIES];
};

/* ---- registering ---- */

/* Called by whoever wakes the queue, perhaps in an interrupt, with the queue's lock held.  `key` 0
 * is "anything may have happened". */
static bool poll_entry_wake(struct waiter *waiter, uint32_t key)
{
	struct poll_entry *entry = container_of(waiter, struct poll_entry, waiter);

	if (key && !(key & entry->events))
		return false;
	entry->set->woken = true;
	return task_wake(waiter->task, TASK_ANY_SLEEP);
}

/* A place for one more entry, which must not move any more: queues link to it.  NULL: no memory. */
static struct poll_entry *poll_set_entry(struct poll_set *set)
{
	struct poll_chunk *chunk = set->chunks;

	if (set->count < POLL_ENTRIES_INLINE)
		return &set->entry[set->count++];
	if (!chunk || chunk->used == POLL_CHUNK_ENTRIES) {
		chunk = kmalloc(sizeof(*chunk));
		if (!chunk)
			return NULL;
		chunk->next = set->chunks;
		chunk->used = 0;
		set->chunks = chunk;
	}
	set->count++;
	return &chunk->entry[chunk->used++];
}

/* The table's operation: the file being asked names a queue.  Without memory for the entry the
 * whole call fails, or it might sleep and miss its wake-up. */
static void poll_set_queue(struct poll_table *table, struct wait_queue *on)
{
	struct poll_set *set = container_of(table, struct poll_set, table);
	struct poll_entry *entry = poll_set_entry(set);

	if (!entry) {
		set->error = -ENOMEM;
		return;
	}
	waiter_init(&entry->waiter);
	entry->waiter.wake = poll_entry_wake;
	assert(set->file && set->file->count > 0);
	entry->set = set;
	entry->file = set->file;
	entry->events = set->events;
	file_get(set->file);
	wait_queue_add(on, &entry->waiter);
}

static void poll_set_init(struct poll_set *set, bool registers)
{
	set->table.queue = registers ? poll_set_queue : NULL;
	set->woken = false;
	set->error = 0;
	set->count = 0;
	set->chunks = NULL;
}

/* Off the queue first: the file may go with this count, and the queue with it. */
static void poll_entry_release(struct poll_entry *entry)
{
	wait_queue_remove(&entry->waiter);
	file_put(entry->file);
}

/* Entries that fit are in the set itself, on the stack of poll_loop(); only more of them were
 * allocated. */
static void poll_set_release(struct poll_set *set)
{
	struct poll_chunk *chunk, *next;

	for (uint32_t i = 0; i < min(set->count, (uint32_t)POLL_ENTRIES_INLINE); i++)
		poll_entry_release(&set->entry[i]);
	for (chunk = set->chunks; chunk; chunk = next) {
		next = chunk->next;
		for (uint32_t i = 0; i < chunk->used; i++)
			poll_entry_release(&chunk->entry[i]);
		kfree(chunk);
	}
}

/* ---- the loop ---- */

/* Sleeps until an entry is woken: 0, -ETIMEDOUT, or -ERESTARTSYS for a signal. */
static int poll_set_sleep(struct poll_set *set, uint64_t deadline)
{
	int error = 0;

	task_set_sleeping(TASK_INTERRUPTIBLE);
	if (!set->woken)
		error = deadline == POLL_NEVER ? task_sleep() : task_sleep_until(deadline);
	task_set_running();
	set->woken = false;
	return error;
}

/* Only the first look registers.  Each later one follows a wake-up or the end of the wait, and the
 * entries are still on their queues: what becomes ready after it was looked at wakes us again. */
long poll_loop(poll_look *look, void *subject, uint64_t deadline)
{
	struct poll_set set;
	long told;
	int woken_by = deadline == POLL_NOW ? -ETIMEDOUT : 0;

	poll_set_init(&set, deadline != POLL_NOW);
	for (;;) {
		told = look(&set, subject);
		set.table.queue = NULL;
		if (told || set.error || woken_by)
			break;
		woken_by = poll_set_sleep(&set, deadline);
	}
	poll_set_release(&set);
	if (told)
		return told;
	if (set.error)
		return set.error;
	return woken_by == -ETIMEDOUT ? 0 : -ERESTARTNOHAND;
}

/* ---- time-outs ---- */

uint64_t poll_deadline(uint64_t span)
{
	return span ? clock_deadline(span) : POLL_NOW;
}

/* The time left goes back to the program even after an error or a signal, as Linux does it
 * (select(2)), unless the personality(2) says not to.  Where it does not, the call must not be
 * started again: it would wait its full time. */
long poll_time_left(long result, user_address to, uint64_t deadline, unsigned unit)
{
	uint64_t now;
	struct timespec left;

	if (!to)
		return result;
	if (current->personality & STICKY_TIMEOUTS)
		return result == -ERESTARTNOHAND ? -EINTR : result;
	if (deadline == POLL_NOW)
		return result;
	now = clock_monotonic();
	left = timespec_of(deadline > now ? deadline - now : 0);
	left.tv_nsec /= unit;
	if (user_put(to, &left, sizeof(left)) && result == -ERESTARTNOHAND)
		return -EINTR;
	return result;
}
