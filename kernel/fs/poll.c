/* SPDX-License-Identifier: MIT */
/*
 * poll.c - poll(2) and ppoll(2), and the set of wait-queue entries that select shares.
 *
 * Model: look at every file; the look of the first round hangs an entry on each queue the file
 * names.  If nothing is ready, sleep; any wake-up whose events are wanted sets `woken`, and the
 * next round looks again without registering.  `woken` is cleared before the look, so a wake-up
 * between look and sleep is not lost.
 *
 * An entry counts its file, because the queue lies in what the file owns.  A time-out of 0 looks
 * once and never registers.
 */
#include "fs/poll.h"

#include "abi/errno.h"
#include "abi/resource.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/signal.h"

#define POLL_CHUNK_ENTRIES 32
struct poll_chunk {
	struct poll_chunk *next;
	uint32_t used;
	struct poll_entry entry[POLL_CHUNK_ENTRIES];
};

/* ---- the set ---- */

static bool poll_entry_wake(struct waiter *waiter, uint32_t key)
{
	struct poll_entry *entry = container_of(waiter, struct poll_entry, waiter);

	if (key && !(key & entry->events))
		return false;
	entry->set->woken = true;
	return task_wake(waiter->task, TASK_ANY_SLEEP);
}

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
	entry->set = set;
	entry->file = set->file;
	entry->events = set->events;
	file_get(set->file);
	wait_queue_add(on, &entry->waiter);
}

void poll_set_init(struct poll_set *set)
{
	set->table.queue = poll_set_queue;
	set->woken = false;
	set->error = 0;
	set->count = 0;
	set->chunks = NULL;
}

static void poll_entry_release(struct poll_entry *entry)
{
	wait_queue_remove(&entry->waiter);
	file_put(entry->file);
}

void poll_set_release(struct poll_set *set)
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

void poll_set_stop_registering(struct poll_set *set)
{
	set->table.queue = NULL;
}

uint32_t poll_set_ask(struct poll_set *set, int fd, uint32_t events)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	uint32_t ready;

	if (!file)
		return POLLNVAL;
	set->file = file;
	set->events = events | POLLERR | POLLHUP;
	ready = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
	if (file->ops->poll)
		ready = file->ops->poll(file, &set->table);
	fd_put(reference);
	return ready & (events | POLLERR | POLLHUP);
}

int poll_set_wait(struct poll_set *set, uint64_t deadline)
{
	int error = 0;

	task_set_sleeping(TASK_INTERRUPTIBLE);
	if (!set->woken)
		error = deadline == ~0UL ? task_sleep() : task_sleep_until(deadline);
	task_set_running();
	set->woken = false;
	return error;
}

uint64_t deadline_after(uint64_t nanoseconds)
{
	uint64_t now = clock_monotonic();

	return nanoseconds > ~0UL - now ? ~0UL : now + nanoseconds;
}

/* ---- poll ---- */

/* One look at all descriptors; how many have something to tell. */
static int poll_look(struct poll_set *set, struct pollfd *fds, size_t count)
{
	int told = 0;

	for (size_t i = 0; i < count; i++) {
		fds[i].revents = 0;
		if (fds[i].fd < 0)
			continue;
		fds[i].revents = poll_set_ask(set, fds[i].fd, (uint16_t)fds[i].events);
		if (fds[i].revents) {
			told++;
			poll_set_stop_registering(set);
		}
	}
	return told;
}

static int poll_until(struct pollfd *fds, size_t count, uint64_t deadline, bool only_look)
{
	struct poll_set set;
	int told, error = 0;

	poll_set_init(&set);
	if (only_look)
		poll_set_stop_registering(&set);
	for (;;) {
		told = poll_look(&set, fds, count);
		poll_set_stop_registering(&set);
		if (told == 0)
			told = set.error ? set.error : error == -ETIMEDOUT ? 0 : error;
		if (told || only_look || error)
			break;
		error = poll_set_wait(&set, deadline);
	}
	poll_set_release(&set);
	return told;
}

#define POLL_FEW 16

/* Copies the array in, polls, copies the answers out. */
static long poll_user(user_address array, uint64_t count, uint64_t deadline, bool only_look)
{
	struct pollfd few[POLL_FEW], *fds = few;
	long result;

	if (count > task_limit(RLIMIT_NOFILE))
		return -EINVAL;
	if (count > POLL_FEW)
		fds = kmalloc(count * sizeof(*fds));
	if (!fds)
		return -ENOMEM;
	result = -EFAULT;
	if (user_get(fds, array, count * sizeof(*fds)))
		goto out;
	result = poll_until(fds, count, deadline, only_look);
	if (result >= 0 && user_put(array, fds, count * sizeof(*fds)))
		result = -EFAULT;
out:
	if (fds != few)
		kfree(fds);
	return result;
}

static long poll_restart(struct task *task)
{
	long result = poll_user(task->restart_data[0], task->restart_data[1],
				task->restart_data[2], false);

	if (result != -ERESTARTSYS)
		return result;
	task->restart = poll_restart;
	return -ERESTART_RESTARTBLOCK;
}

/* `timeout` in milliseconds; negative: for ever. */
long sys_poll(user_address fds, unsigned count, int timeout)
{
	uint64_t deadline = timeout < 0 ? ~0UL : deadline_after(timeout * 1000000UL);
	long result = poll_user(fds, count, deadline, timeout == 0);

	if (result != -ERESTARTSYS)
		return result;
	current->restart = poll_restart;
	current->restart_data[0] = fds;
	current->restart_data[1] = count;
	current->restart_data[2] = deadline;
	return -ERESTART_RESTARTBLOCK;
}

/* Linux writes back the time that is left; that it cannot is no error. */
static void timespec_left_write(user_address to, uint64_t deadline)
{
	uint64_t now = clock_monotonic();
	struct timespec left = timespec_of(deadline > now ? deadline - now : 0);

	user_write(to, &left, sizeof(left));
}

long sys_ppoll(user_address fds, unsigned count, user_address timeout, user_address mask,
	       uint64_t mask_size)
{
	uint64_t span = 1, deadline = ~0UL;
	long result;
	int error;

	if (timeout) {
		error = timespec_read(timeout, &span);
		if (error)
			return error;
		deadline = deadline_after(span);
	}
	error = signal_mask_swap(mask, mask_size);
	if (error)
		return error;
	result = poll_user(fds, count, deadline, span == 0);
	if (result == -ERESTARTSYS)
		result = -ERESTARTNOHAND;
	if (timeout)
		timespec_left_write(timeout, deadline);
	return result;
}
