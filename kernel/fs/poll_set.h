/* SPDX-License-Identifier: MIT */
/*
 * poll_set.h - waiting for many files at once; for the system calls that do (poll, select).  What
 * drivers need of it is in fs/poll.h.
 *
 * A call says how to look at its files once, asking for each with poll_set_ask(); poll_loop() does
 * the rest: registering, sleeping, looking again, the deadline, the signal.
 */
#pragma once

#include "fs/file.h"
#include "fs/poll.h"

/* One queue that a set waits on, with a count of the file that owns it. */
struct poll_entry {
	struct waiter waiter;
	struct poll_set *set;
	struct file *file;
	uint32_t events; /* a wake-up with none of these is not for us */
};

#define POLL_ENTRIES_INLINE 8
struct poll_chunk;
struct poll_set {
	struct poll_table table;
	struct file *file; /* the one being asked, and what of it is wanted: */
	uint32_t events;
	bool woken;	   /* set by a wake-up since the last look */
	int error;	   /* -ENOMEM: an entry could not be made */
	uint32_t count;	   /* entries in use */
	struct poll_chunk *chunks;
	struct poll_entry entry[POLL_ENTRIES_INLINE];
};

#define POLL_NOW   0UL	/* deadlines on the monotonic clock: only look */
#define POLL_NEVER ~0UL /* only files and signals end it */

/* Which of `events` are ready at descriptor `fd`; only these are reported and wake.  In the first
 * round it registers until something was ready.  POLLNVAL: no such descriptor. */
static inline uint32_t poll_set_ask(struct poll_set *set, int fd, uint32_t events)
{
	struct fd_reference reference = fd_get(fd);
	struct file *file = reference.file;
	uint32_t ready = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM; /* who has no poll operation */

	if (!file)
		return POLLNVAL;
	set->file = file;
	set->events = events;
	if (file->ops->poll)
		ready = file->ops->poll(file, &set->table);
	fd_put(reference);
	ready &= events;
	if (ready)
		set->table.queue = NULL; /* nobody will sleep */
	return ready;
}

/* One look at all files of `subject`: how many have something to tell, or -errno to give up. */
typedef long poll_look(struct poll_set *set, void *subject);

/* Looks until the look's result is not 0, and returns that; 0: the deadline passed; -ENOMEM;
 * -ERESTARTNOHAND: a signal came. */
long poll_loop(poll_look *look, void *subject, uint64_t deadline);

/* When a time-out of `span` nanoseconds ends; none at all is POLL_NOW. */
uint64_t poll_deadline(uint64_t span);

/* Writes what is left until `deadline` to the caller's time-out, the fraction in units of `unit`
 * nanoseconds (1: a timespec, 1000: a timeval); 0 is left alone.  Memory that cannot be written is
 * no error, but a call that cannot say how much is left is not started again: result, or -EINTR. */
long poll_time_left(long result, user_address to, uint64_t deadline, unsigned unit);
