/* SPDX-License-Identifier: MIT */
/*
 * poll.h - waiting for many files at once: poll, ppoll, select, pselect6.
 *
 * A file's poll operation returns what is ready and calls poll_wait() with the queue that will be
 * woken when that changes.  The first round registers; once something is ready, or from the second
 * round on, poll_wait() does nothing (table->queue == NULL).  Entries beyond the first eight are
 * allocated in chunks.
 */
#pragma once

#include "abi/poll.h"
#include "lock/wait_queue.h"

struct poll_table;
struct poll_table {
	void (*queue)(struct poll_table *table, struct wait_queue *on); /* NULL: only look */
};

static inline void poll_wait(struct poll_table *table, struct wait_queue *on)
{
	if (table && table->queue)
		table->queue(table, on);
}
