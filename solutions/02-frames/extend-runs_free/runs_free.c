/* SPDX-License-Identifier: MIT */
/*
 * How many free runs of an order there are: the buddy system counts, the allocator holds the lock.
 *
 * The lists are walked.  A count for each order beside them would cost run_list() and run_unlist() an
 * instruction each, on the way of everybody, for a figure that is asked for once a minute.
 */
/* at the end of memory/frame_buddy.c */

/* Runs on the list of `order`; memory that was never touched is on none. */
unsigned long buddy_runs(unsigned order);
unsigned long buddy_runs(unsigned order)
{
	const struct list *link;
	unsigned long runs = 0;

	if (order > FRAME_ORDER_MAX)
		return 0;
	for (link = buddy.free[order].next; link != &buddy.free[order]; link = link->next)
		runs++;
	return runs;
}
/* at the end of memory/frame_allocator.c */

unsigned long buddy_runs(unsigned order); /* frame_buddy.c */

/* The frames on the ready stack are no runs any more. */
unsigned long frame_runs_free(unsigned order);
unsigned long frame_runs_free(unsigned order)
{
	uint64_t interrupts = spinlock_acquire(&frames.lock);
	unsigned long runs = buddy_runs(order);

	spinlock_release(&frames.lock, interrupts);
	return runs;
}
