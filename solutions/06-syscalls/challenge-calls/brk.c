/* SPDX-License-Identifier: MIT */
/*
 * A program that asks where its break is (an address below the heap cannot be meant otherwise) gets one word,
 * which is read without the lock: it is as true a moment later as it would be with it.
 *
 * saves: 14
 */
/* in memory/brk.c */
long sys_brk(user_address end)
{
	struct address_space *space = task_space();

	if (likely(end < space->brk_start))
		return read_once(space->brk_end);
	rwlock_write_acquire(&space->lock);
	/* The error is lost on purpose: the C library compares what is returned with what it asked
	 * for and sets ENOMEM itself. */
	brk_move(space, end);
	end = space->brk_end;
	rwlock_write_release(&space->lock);
	return end;
}
