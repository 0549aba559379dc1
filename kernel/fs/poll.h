/* SPDX-License-Identifier: MIT */
/*
 * poll.h - waiting for many files at once: poll, ppoll, select, pselect6.
 *
 * A file's poll operation returns what is ready and calls poll_wait() with the queue that will be
 * woken when that changes.  The first round registers; once something is ready, and from the second
 * round on, poll_wait() does nothing.
 *
 * poll_wait() inside a poll operation is all that drivers need; struct poll_set is for the system
 * calls (fs/poll.c, fs/select.c).
 */
#pragma once

#include "abi/poll.h"
#include "lock/wait_queue.h"

struct file;
struct poll_table;
struct poll_table {
	void (*queue)(struct poll_table *table, struct wait_queue *on); /* NULL: only look */
};

static inline void poll_wait(struct poll_table *table, struct wait_queue *on)
{
	if (table && table->queue)
		table->queue(table, on);
}

/* One queue that a poll_set waits on, with a count of the file that owns it. */
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
	struct file *file;    /* the one being asked, and what of it is wanted: */
	uint32_t events;
	bool woken;	      /* set by a wake-up since the last look */
	int error;	      /* -ENOMEM: an entry could not be made */
	uint32_t count;	      /* entries in use */
	struct poll_chunk *chunks;
	struct poll_entry entry[POLL_ENTRIES_INLINE];
};

void poll_set_init(struct poll_set *set);
void poll_set_release(struct poll_set *set);
/* What of `events` (errors and hang-up always count) is ready at descriptor `fd`; registers in the
 * first round.  POLLNVAL: no such descriptor. */
uint32_t poll_set_ask(struct poll_set *set, int fd, uint32_t events);
void poll_set_stop_registering(struct poll_set *set);
/* Sleeps until something asked for changes, or the deadline (~0: none).  0; -ETIMEDOUT; or
 * -ERESTARTSYS for a signal. */
int poll_set_wait(struct poll_set *set, uint64_t deadline);

/* When a time-out given as a span ends on the monotonic clock; ~0 stays for ever. */
uint64_t deadline_after(uint64_t nanoseconds);
