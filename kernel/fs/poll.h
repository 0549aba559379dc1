/* SPDX-License-Identifier: MIT */
/*
 * poll.h - waiting for many files at once: poll, ppoll, select, pselect6.
 *
 * A file's poll operation returns what is ready and calls poll_wait() with the queue that will be
 * woken when that changes.  The first round registers; once something is ready, and from the second
 * round on, poll_wait() does nothing.
 *
 * poll_wait() inside a poll operation is all that drivers need; the loop that the system calls
 * share is in fs/poll_set.h.
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
	if (table->queue)
		table->queue(table, on);
}
