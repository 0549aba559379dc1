/* SPDX-License-Identifier: MIT */
/*
 * file_lock.c - advisory locks as programs ask for them: flock(2), fcntl(2); and waiting for them.
 *
 * Who has to wait sleeps on the inode's queue and looks again after every release.  A process that
 * would wait for one that waits for it (through any number of others) gets EDEADLK.
 *
 * A lock is owned by an open file (flock, F_OFD_*) or by a process, which is told by its descriptor
 * table: so closing *any* descriptor of the file drops a process's locks, which fcntl(2) calls
 * unfortunate.  The file is counted while its caller waits; the owner may have closed it by then
 * (fs/descriptor_calls.c looks again).
 *
 * Errors: EAGAIN held by another and not to wait; EDEADLK; EINTR; EBADF a lock of a kind that the
 * file is not open for; EINVAL, EOVERFLOW a range; ENOLCK or ENOMEM. See flock(2), fcntl(2)
 * "Advisory record locking" and "Open file description locks".
 *
 * Lock: none: between the last look for a conflict and the change of the list nothing sleeps.
 */
#include "fs/file_lock.h"
#include "abi/errno.h"
#include "fs/file.h"
#include "lib/assert.h"
#include "task/process.h"

/* A process that waits for record locks: for the search for circles. */
struct record_waiter {
	struct list link;
	const void *owner;
	const struct file_lock *wanted;
	struct file_locks *locks;
};
static struct list record_waiters = LIST_INIT(record_waiters);

/* Whether waiting for the owner of `blocker` closes a circle back to `owner`: the blocker's owner
 * may wait for a lock itself, whose holder may wait, and so on. */
static bool would_deadlock(const struct file_lock *blocker, const void *owner)
{
	struct record_waiter *waiter;

	/* Bounded, as on Linux (where the bound is 10): circles of others, which do not include
	 * us, must not hang us. */
	for (int steps = 0; blocker && steps < 64; steps++) {
		const struct file_lock *next = NULL;

		if (blocker->owner == owner)
			return true;
		list_for_each(waiter, &record_waiters, link)
			if (waiter->owner == blocker->owner)
				next = file_lock_conflict(waiter->locks, waiter->wanted);
		blocker = next;
	}
	return false;
}

/* Sleeps until nothing is in the way, which may be wrong again when the caller runs: it looks anew.
 * Meanwhile the waiter stands in the list that would_deadlock() searches. 0 or -ERESTARTSYS. */
static int lock_wait(struct file_locks *locks, const struct file_lock *wanted)
{
	struct record_waiter waiter = { .owner = wanted->owner, .wanted = wanted, .locks = locks };
	int error;

	list_add_last(&record_waiters, &waiter.link);
	error = wait_event_interruptible(&locks->released, !file_lock_conflict(locks, wanted));
	list_remove(&waiter.link);
	return error;
}

/* The lock, now or after a wait; a signal ends that (EINTR, or the call is started again). */
static long lock_set(struct inode *inode, const struct file_lock *wanted, bool wait)
{
	struct file_locks *locks = file_locks_of(inode);
	struct file_lock *blocker;
	int error = 0;

	if (!locks)
		return -ENOMEM;
	while (!error && (blocker = file_lock_conflict(locks, wanted))) {
		if (!wait)
			return -EAGAIN;
		/* Only process locks: who owns an open file's lock cannot be told from who
		 * waits. */
		if (wanted->pid > 0 && would_deadlock(blocker, wanted->owner))
			return -EDEADLK;
		error = lock_wait(locks, wanted);
	}
	return error ? error : file_lock_apply(locks, wanted, false);
}

/* ---- flock ---- */

long file_lock_whole(struct file *file, int operation)
{
	struct file_lock wanted = { .family = FAMILY_WHOLE, .owner = file, .end = END_OF_FILE };
	int kind = operation & ~LOCK_NB;
	struct file_locks *locks = file->inode->locks;

	if (kind == LOCK_UN)
		return locks ? file_lock_apply(locks, &wanted, true) : 0;
	if (kind != LOCK_SH && kind != LOCK_EX)
		return -EINVAL;
	if (!(file->mode & (FILE_READ | FILE_WRITE)))
		return -EBADF;
	wanted.exclusive = kind == LOCK_EX;
	file->locked_whole = true;
	/* A change of kind lets go first, as flock(2) warns. */
	if (locks && file_lock_conflict(locks, &wanted) && file_lock_apply(locks, &wanted, true))
		return -ENOMEM;
	return lock_set(file->inode, &wanted, !(operation & LOCK_NB));
}

/* ---- record locks ---- */

/* From l_whence, l_start, l_len to [start, end]: -EINVAL, -EOVERFLOW. */
static int range_resolve(struct file *file, const struct flock *from, struct file_lock *to)
{
	int64_t base = 0, start;

	if (from->l_whence == SEEK_CUR)
		base = file->position;
	else if (from->l_whence == SEEK_END)
		base = (int64_t)inode_size(file->inode);
	else if (from->l_whence != SEEK_SET)
		return -EINVAL;
	if (__builtin_add_overflow(base, from->l_start, &start))
		return -EOVERFLOW;
	if (start < 0)
		return -EINVAL;
	to->start = start;
	to->end = END_OF_FILE;
	if (from->l_len > 0 && __builtin_add_overflow(start, from->l_len - 1, &to->end))
		return -EOVERFLOW;
	if (from->l_len < 0) {
		to->start = start + from->l_len;
		to->end = start - 1;
	}
	return to->start < 0 ? -EINVAL : 0;
}

/* The lock that fcntl(2)'s struct asks for; F_GETLK reports its owner's pid to others. */
static int record_lock_init(struct file *file, const struct flock *from, bool by_file,
			    struct file_lock *to)
{
	assert(current->files);
	*to = (struct file_lock){
		.family = FAMILY_RECORD,
		.owner = by_file ? (const void *)file : current->files,
		.exclusive = from->l_type == F_WRLCK,
		.pid = by_file ? -1 : current_process()->pid->number,
	};
	if (from->l_type != F_RDLCK && from->l_type != F_WRLCK && from->l_type != F_UNLCK)
		return -EINVAL;
	return range_resolve(file, from, to);
}

/* Would it be granted?  What stands in the way is told, and one of several is enough (fcntl(2)). */
long file_lock_get(struct file *file, struct flock *lock, bool by_file)
{
	struct file_lock wanted, *blocker = NULL;
	int error = lock->l_type == F_UNLCK ? -EINVAL
					    : record_lock_init(file, lock, by_file, &wanted);

	if (error)
		return error;
	if (file->inode->locks)
		blocker = file_lock_conflict(file->inode->locks, &wanted);
	if (!blocker) {
		lock->l_type = F_UNLCK;
		return 0;
	}
	lock->l_type = blocker->exclusive ? F_WRLCK : F_RDLCK;
	lock->l_whence = SEEK_SET;
	lock->l_start = blocker->start;
	lock->l_len = blocker->end == END_OF_FILE ? 0 : blocker->end - blocker->start + 1;
	lock->l_pid = blocker->pid;
	return 0;
}

/* A write lock takes a descriptor open for writing, a read lock one for reading; letting go takes
 * neither. */
long file_lock_set(struct file *file, const struct flock *lock, bool by_file, bool wait)
{
	struct file_lock wanted;
	int error = record_lock_init(file, lock, by_file, &wanted);

	if (error)
		return error;
	if (lock->l_type == F_UNLCK)
		return file->inode->locks ? file_lock_apply(file->inode->locks, &wanted, true) : 0;
	if (!(file->mode & (wanted.exclusive ? FILE_WRITE : FILE_READ)))
		return -EBADF;
	if (by_file)
		file->locked_whole = true;
	return lock_set(file->inode, &wanted, wait);
}

/* ---- the end of owners ---- */

/* Both are called while the file still counts its inode. */
void file_locks_release_file(struct file *file)
{
	file_locks_drop(file->inode, file);
}

void file_locks_release_owner(struct file *file, const struct files *owner)
{
	file_locks_drop(file->inode, owner);
}
