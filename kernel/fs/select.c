/* SPDX-License-Identifier: MIT */
/*
 * select.c - select(2) and pselect6(2) on the loop of fs/poll_set.h.
 *
 * Three bitmaps come in and go out; they are kept here as arrays of words, in and out side by side.
 * Readable: POLLIN, POLLRDNORM, POLLRDBAND, POLLHUP, POLLERR; writable: POLLOUT, POLLWRNORM,
 * POLLWRBAND, POLLERR; exceptional: POLLPRI.  A descriptor that is not open is EBADF, but what lies
 * past the end of the descriptor table is not even looked at (select(2), BUGS).  The time left is
 * written back, as Linux does.
 */
#include "abi/errno.h"
#include "abi/syscalls.h"
#include "abi/time.h"
#include "fs/file.h"
#include "fs/poll_set.h"
#include "lib/assert.h"
#include "lib/string.h"
#include "memory/heap.h"
#include "memory/user_copy.h"
#include "task/clock.h"
#include "task/signal.h"

#define SELECT_READ   (POLLIN | POLLRDNORM | POLLRDBAND | POLLHUP | POLLERR)
#define SELECT_WRITE  (POLLOUT | POLLWRNORM | POLLWRBAND | POLLERR)
#define SELECT_EXCEPT POLLPRI
#define SELECT_KINDS  3
#define SELECT_FEW    16 /* words a bitmap without an allocation: 1024 descriptors */

struct select_maps {
	int count;		     /* descriptors asked for */
	size_t words;		     /* of each bitmap */
	uint64_t *in[SELECT_KINDS];  /* read, write, except */
	uint64_t *out[SELECT_KINDS];
};

static const uint32_t select_events[SELECT_KINDS] = { SELECT_READ, SELECT_WRITE, SELECT_EXCEPT };

/* Asks one descriptor about the kinds that want it; how many kinds are ready, or -EBADF. */
static int select_ask(struct poll_set *set, struct select_maps *maps, int fd)
{
	uint64_t bit = 1UL << (fd % 64);
	uint32_t wanted = 0, ready;
	int told = 0;

	debug_assert(fd >= 0 && (size_t)fd / 64 < maps->words);
	for (int kind = 0; kind < SELECT_KINDS; kind++)
		if (maps->in[kind][fd / 64] & bit)
			wanted |= select_events[kind];
	if (!wanted)
		return 0;
	ready = poll_set_ask(set, fd, wanted);
	if (ready & POLLNVAL)
		return -EBADF;
	for (int kind = 0; kind < SELECT_KINDS; kind++) {
		if ((maps->in[kind][fd / 64] & bit) && (ready & select_events[kind])) {
			maps->out[kind][fd / 64] |= bit;
			told++;
		}
	}
	return told;
}

/* One look at all descriptors, for poll_loop(): bits that are ready, or -EBADF.  It may be called
 * several times, and only the last one finds anything: `out` is empty until then. */
static long select_look(struct poll_set *set, void *subject)
{
	struct select_maps *maps = subject;
	long total = 0;

	for (int fd = 0; fd < maps->count; fd++) {
		uint64_t any = 0;
		int told;

		for (int kind = 0; kind < SELECT_KINDS; kind++)
			any |= maps->in[kind][fd / 64];
		if (!any) { /* a whole word without a bit */
			fd |= 63;
			continue;
		}
		told = select_ask(set, maps, fd);
		if (told < 0)
			return told;
		total += told;
	}
	return total;
}

/* A NULL set asks for nothing, and nothing is written back to it. */
static int select_maps_read(struct select_maps *maps, const user_address from[SELECT_KINDS])
{
	for (int kind = 0; kind < SELECT_KINDS; kind++)
		if (from[kind] && user_get(maps->in[kind], from[kind], maps->words * 8))
			return -EFAULT;
	return 0;
}

static int select_maps_write(struct select_maps *maps, const user_address to[SELECT_KINDS])
{
	for (int kind = 0; kind < SELECT_KINDS; kind++)
		if (to[kind] && user_put(to[kind], maps->out[kind], maps->words * 8))
			return -EFAULT;
	return 0;
}

/* All but the time-out: copies the sets in, waits, copies the answers out.  After an error the sets
 * are left as they were (select(2)). */
static long select_user(int count, const user_address sets[SELECT_KINDS], uint64_t deadline)
{
	uint64_t few[2 * SELECT_KINDS * SELECT_FEW], *words = few;
	struct select_maps maps;
	long result;

	if (count < 0)
		return -EINVAL;
	maps.count = min((unsigned)count, fd_slots());
	maps.words = (maps.count + 63) / 64;
	if (maps.words > SELECT_FEW)
		words = kmalloc(2 * SELECT_KINDS * maps.words * 8);
	if (!words)
		return -ENOMEM;
	memset(words, 0, 2 * SELECT_KINDS * maps.words * 8);
	for (int kind = 0; kind < SELECT_KINDS; kind++) {
		maps.in[kind] = words + kind * maps.words;
		maps.out[kind] = words + (SELECT_KINDS + kind) * maps.words;
	}
	result = select_maps_read(&maps, sets);
	if (!result)
		result = poll_loop(select_look, &maps, deadline);
	if (result >= 0 && select_maps_write(&maps, sets))
		result = -EFAULT;
	if (words != few)
		kfree(words);
	return result;
}

/* The span of a struct timeval: -EINVAL when negative; microseconds may exceed a second, as Linux
 * allows. */
static int timeval_read(user_address from, uint64_t *nanoseconds)
{
	struct timeval value;

	if (user_get(&value, from, sizeof(value)))
		return -EFAULT;
	/* As on Linux, a sum that wraps is a negative time. */
	value.tv_sec = (uint64_t)value.tv_sec + value.tv_usec / 1000000;
	value.tv_usec %= 1000000;
	if (value.tv_sec < 0 || value.tv_usec < 0)
		return -EINVAL;
	if ((uint64_t)value.tv_sec > ~0UL / NANOSECONDS - 1)
		*nanoseconds = ~0UL;
	else
		*nanoseconds = value.tv_sec * NANOSECONDS + value.tv_usec * 1000;
	return 0;
}

long sys_select(int count, user_address read, user_address write, user_address except,
		user_address timeout)
{
	const user_address sets[SELECT_KINDS] = { read, write, except };
	uint64_t span, deadline = POLL_NEVER;
	int error;

	if (timeout) {
		error = timeval_read(timeout, &span);
		if (error)
			return error;
		deadline = poll_deadline(span);
	}
	return poll_time_left(select_user(count, sets, deadline), timeout, deadline, 1000);
}

/* The sixth argument is a pair in memory, the mask's address and its size: six registers are all
 * that a system call has (select(2)). */
long sys_pselect6(int count, user_address read, user_address write, user_address except,
		  user_address timeout, user_address mask_argument)
{
	const user_address sets[SELECT_KINDS] = { read, write, except };
	struct { user_address mask; uint64_t size; } mask = { 0, 0 };
	uint64_t span, deadline = POLL_NEVER;
	int error;

	if (mask_argument && user_get(&mask, mask_argument, sizeof(mask)))
		return -EFAULT;
	if (timeout) {
		error = timespec_read(timeout, &span);
		if (error)
			return error;
		deadline = poll_deadline(span);
	}
	error = signal_mask_swap(mask.mask, mask.size);
	if (error)
		return error;
	return poll_time_left(select_user(count, sets, deadline), timeout, deadline, 1);
}
