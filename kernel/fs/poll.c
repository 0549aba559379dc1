/* SPDX-License-Identifier: MIT */
/*
 * poll.c - poll(2) and ppoll(2): an array of descriptors and events on the loop of fs/poll_set.h.
 *
 * The array is copied in and, with its answers, out.  Errors and hang-ups are always
 * asked for.  After a signal without a handler poll goes on until the same deadline
 * (restart_syscall), ppoll starts again with the time left that it has written.
 */
#include "abi/errno.h"
#include "abi/resource.h"
#include "abi/syscalls.h"
#include "fs/file.h"
#include "fs/poll_set.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/signal.h"

struct poll_array {
	struct pollfd *fds;
	size_t count;
};

/* One look for poll_loop().  A negative descriptor is passed over and answers 0 (poll(2)), which is
 * how programs take one out of the array without moving the others. */
static long poll_array_look(struct poll_set *set, void *subject)
{
	const struct poll_array *array = subject;
	struct pollfd *end = array->fds + array->count;
	long told = 0;

	for (struct pollfd *one = array->fds; one < end; one++) {
		uint32_t ready = 0;

		if (one->fd >= 0)
			ready = poll_set_ask(set, one->fd,
					     (uint16_t)one->events | POLLERR | POLLHUP);
		one->revents = ready;
		told += ready != 0;
	}
	return told;
}

/* Up to so many are kept on the stack: most programs ask for one or two, and often. */
#define POLL_FEW 16

/* Copies the array in, polls, copies the answers out.  EINVAL for more than RLIMIT_NOFILE
 * (poll(2)), which also bounds what is allocated here. */
static long poll_user(user_address array, uint64_t count, uint64_t deadline)
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
	result = poll_loop(poll_array_look, &(struct poll_array){ fds, count }, deadline);
	if (result >= 0 && user_put(array, fds, count * sizeof(*fds)))
		result = -EFAULT;
out:
	if (fds != few)
		kfree(fds);
	return result;
}

/* restart_syscall(2): the deadline is kept, not the time left, so that many signals do not stretch
 * the wait. */
static long poll_restart(struct task *task)
{
	long result = poll_user(task->restart_data[0], task->restart_data[1],
				task->restart_data[2]);

	if (result != -ERESTARTNOHAND)
		return result;
	task->restart = poll_restart;
	return -ERESTART_RESTARTBLOCK;
}

/* `timeout` in milliseconds; negative: for ever. */
long sys_poll(user_address fds, unsigned count, int timeout)
{
	uint64_t deadline = timeout < 0 ? POLL_NEVER : poll_deadline(timeout * 1000000UL);
	long result = poll_user(fds, count, deadline);

	if (result != -ERESTARTNOHAND)
		return result;
	current->restart = poll_restart;
	current->restart_data[0] = fds;
	current->restart_data[1] = count;
	current->restart_data[2] = deadline;
	return -ERESTART_RESTARTBLOCK;
}

/* The mask is swapped last of all that can fail, so no error leaves the wrong one behind; the old
 * mask comes back on the way to the program. */
long sys_ppoll(user_address fds, unsigned count, user_address timeout, user_address mask,
	       uint64_t mask_size)
{
	uint64_t span, deadline = POLL_NEVER;
	int error;

	if (timeout) {
		error = timespec_read(timeout, &span);
		if (error)
			return error;
		deadline = poll_deadline(span);
	}
	error = signal_mask_swap(mask, mask_size);
	if (error)
		return error;
	return poll_time_left(poll_user(fds, count, deadline), timeout, deadline, 1);
}
