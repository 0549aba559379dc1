/* SPDX-License-Identifier: MIT */
/*
 * A break that cannot be moved is answered with -ENOMEM.
 *
 * symptom: sbrk() believes that the heap ends at address -12, and malloc writes there
 * fails: break
 * see: brk, which never fails
 */
/* in memory/brk.c */
long sys_brk(user_address end)
{
	struct address_space *space = task_space();
	int error;

	rwlock_write_acquire(&space->lock);
	error = brk_move(space, end);
	end = space->brk_end;
	rwlock_write_release(&space->lock);
	return error ? error : (long)end;
}
