/* SPDX-License-Identifier: MIT */
/*
 * file_lock.c - advisory locks, by inode: flock(2), fcntl(2).
 *
 * Three families share one list without seeing each other's conflicts: whole-file locks (flock),
 * owned by an open file; record locks of a process, owned by its descriptor table; and record
 * locks of an open file (F_OFD_*), which do conflict with the former.  Locks of one owner
 * never overlap: setting one cuts what was there and joins equal neighbours.
 *
 * Who has to wait sleeps on the inode's queue and looks again after every release.  A process that
 * would wait for one that waits for it (through any number of others) gets EDEADLK.
 *
 * Lock: the inode's `lock` is not taken; the list is changed without sleeping.
 *
 * Errors: EAGAIN held by another and not to wait; EDEADLK; EINTR; EBADF a lock of a kind that the
 * file is not open for; EINVAL, EOVERFLOW a range; ENOLCK no memory. See flock(2), fcntl(2)
 * "Advisory record locking" and "Open file description locks".
 */
#include "fs/file_lock.h"
#include "abi/errno.h"
#include "fs/file.h"
#include "lib/assert.h"
#include "memory/heap.h"
#include "task/process.h"

enum family { FAMILY_WHOLE, FAMILY_RECORD };

struct file_lock {
	struct list link;	/* in file_locks.held */
	enum family family;
	const void *owner;	/* a struct file, or a struct files for process locks */
	bool exclusive;
	int64_t start, end;	/* bytes, both included */
	int pid;		/* for F_GETLK; -1: of an open file */
};

struct file_locks { /* inode->locks */
	struct list held;
	struct wait_queue released;
};

/* A process that waits for record locks: for the search for circles. */
struct lock_waiter {
	struct list link;
	const void *owner;
	const struct file_lock *wanted;
	struct file_locks *locks;
};
static struct list lock_waiters = LIST_INIT(lock_waiters);

#define END_OF_FILE INT64_MAX

static struct file_locks *locks_of(struct inode *inode)
{
	struct file_locks *locks = inode->locks;

	if (locks)
		return locks;
	locks = kmalloc(sizeof(*locks));
	if (!locks)
		return NULL;
	list_init(&locks->held);
	wait_queue_init(&locks->released);
	inode->locks = locks;
	return locks;
}

void file_locks_free(struct inode *inode)
{
	assert(!inode->locks || list_is_empty(&inode->locks->held));
	kfree(inode->locks);
	inode->locks = NULL;
}

static bool overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

/* The lock of another owner that stands in the way of `wanted`, or NULL. */
static struct file_lock *conflict_find(struct file_locks *locks, const struct file_lock *wanted)
{
	struct file_lock *lock;

	list_for_each(lock, &locks->held, link)
		if (lock->family == wanted->family && lock->owner != wanted->owner &&
		    (lock->exclusive || wanted->exclusive) && overlap(lock, wanted))
			return lock;
	return NULL;
}

static struct file_lock *lock_copy(const struct file_lock *from)
{
	struct file_lock *lock = kmalloc(sizeof(*lock));

	if (lock)
		*lock = *from;
	return lock;
}

static void lock_remove(struct file_lock *lock)
{
	list_remove(&lock->link);
	kfree(lock);
}

static bool same_owner(const struct file_lock *a, const struct file_lock *b)
{
	return a->family == b->family && a->owner == b->owner;
}

/* Takes [range] out of the owner's locks; `spare` becomes the rear of one that is cut in two. */
static void range_cut(struct file_locks *locks, const struct file_lock *range,
		      struct file_lock **spare)
{
	struct file_lock *lock, *next;

	list_for_each_safe(lock, next, &locks->held, link) {
		if (!same_owner(lock, range) || !overlap(lock, range))
			continue;
		if (lock->start < range->start && lock->end > range->end) {
			assert(*spare);
			**spare = *lock;
			(*spare)->start = range->end + 1;
			list_add_first(&lock->link, &(*spare)->link);
			*spare = NULL;
			lock->end = range->start - 1;
		} else if (lock->start < range->start) {
			lock->end = range->start - 1;
		} else if (lock->end > range->end) {
			lock->start = range->end + 1;
		} else {
			lock_remove(lock);
		}
	}
}

/* Joins `fresh` with equal locks of the same owner that touch it. */
static void neighbours_join(struct file_locks *locks, struct file_lock *fresh)
{
	struct file_lock *lock, *next;

	list_for_each_safe(lock, next, &locks->held, link) {
		if (lock == fresh || !same_owner(lock, fresh) ||
		    lock->exclusive != fresh->exclusive)
			continue;
		if (lock->end != END_OF_FILE && lock->end + 1 == fresh->start)
			fresh->start = lock->start;
		else if (fresh->end != END_OF_FILE && fresh->end + 1 == lock->start)
			fresh->end = lock->end;
		else
			continue;
		lock_remove(lock);
	}
}

/* Puts `wanted` in place of whatever its owner had there; `unlock`: nothing in its place. */
static int lock_apply(struct file_locks *locks, const struct file_lock *wanted, bool unlock)
{
	struct file_lock *spare = lock_copy(wanted), *fresh = lock_copy(wanted);

	if (!spare || !fresh) {
		kfree(spare);
		kfree(fresh);
		return -ENOLCK;
	}
	/* At most one of the owner's locks can surround the range, since they do not overlap: so
	 * one spare is always enough, and nothing fails after this. */
	range_cut(locks, wanted, &spare);
	if (unlock) {
		kfree(fresh);
	} else {
		list_add_last(&locks->held, &fresh->link);
		neighbours_join(locks, fresh);
	}
	kfree(spare);
	/* Also after a lock was set: it may have replaced an exclusive one by a shared one. */
	wait_queue_wake_all(&locks->released, 0);
	return 0;
}

/* Whether waiting for the owner of `blocker` closes a circle back to `owner`. */
static bool would_deadlock(const struct file_lock *blocker, const void *owner)
{
	struct lock_waiter *waiter;

	/* Bounded as Linux bounds it: circles of others, which do not include us, must not hang
	 * us. */
	for (int steps = 0; blocker && steps < 64; steps++) {
		const struct file_lock *next = NULL;

		if (blocker->owner == owner)
			return true;
		list_for_each(waiter, &lock_waiters, link)
			if (waiter->owner == blocker->owner)
				next = conflict_find(waiter->locks, waiter->wanted);
		blocker = next;
	}
	return false;
}

static int lock_wait(struct file_locks *locks, const struct file_lock *wanted)
{
	struct lock_waiter waiter = { .owner = wanted->owner, .wanted = wanted, .locks = locks };
	int error;

	list_add_last(&lock_waiters, &waiter.link);
	error = wait_event_interruptible(&locks->released, !conflict_find(locks, wanted));
	list_remove(&waiter.link);
	return error;
}

static long lock_set(struct inode *inode, const struct file_lock *wanted, bool wait)
{
	struct file_locks *locks = locks_of(inode);
	struct file_lock *blocker;
	int error = 0;

	if (!locks)
		return -ENOLCK;
	while (!error && (blocker = conflict_find(locks, wanted))) {
		if (!wait)
			return -EAGAIN;
		/* Only process locks: who owns an open file's lock cannot be told from who
		 * waits. */
		if (wanted->pid > 0 && would_deadlock(blocker, wanted->owner))
			return -EDEADLK;
		error = lock_wait(locks, wanted);
	}
	return error ? error : lock_apply(locks, wanted, false);
}

/* ---- flock ---- */

long file_lock_whole(struct file *file, int operation)
{
	struct file_lock wanted = { .family = FAMILY_WHOLE, .owner = file, .end = END_OF_FILE };
	int kind = operation & ~LOCK_NB;
	struct file_locks *locks = file->inode->locks;

	if (kind == LOCK_UN)
		return locks ? lock_apply(locks, &wanted, true) : 0;
	if (kind != LOCK_SH && kind != LOCK_EX)
		return -EINVAL;
	if (!(file->mode & (FILE_READ | FILE_WRITE)))
		return -EBADF;
	wanted.exclusive = kind == LOCK_EX;
	file->locked_whole = true;
	/* A change of kind lets go first, as flock(2) warns. */
	if (locks && conflict_find(locks, &wanted) && lock_apply(locks, &wanted, true))
		return -ENOLCK;
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

static int record_lock_init(struct file *file, const struct flock *from, bool by_file,
			    struct file_lock *to)
{
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

long file_lock_get(struct file *file, struct flock *lock, bool by_file)
{
	struct file_lock wanted, *blocker = NULL;
	int error = lock->l_type == F_UNLCK ? -EINVAL
					    : record_lock_init(file, lock, by_file, &wanted);

	if (error)
		return error;
	if (file->inode->locks)
		blocker = conflict_find(file->inode->locks, &wanted);
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

long file_lock_set(struct file *file, const struct flock *lock, bool by_file, bool wait)
{
	struct file_lock wanted;
	int error = record_lock_init(file, lock, by_file, &wanted);

	if (error)
		return error;
	if (lock->l_type == F_UNLCK)
		return file->inode->locks ? lock_apply(file->inode->locks, &wanted, true) : 0;
	if (!(file->mode & (wanted.exclusive ? FILE_WRITE : FILE_READ)))
		return -EBADF;
	if (by_file)
		file->locked_whole = true;
	return lock_set(file->inode, &wanted, wait);
}

/* ---- the end of owners ---- */

static void owner_release(struct inode *inode, const void *owner)
{
	struct file_lock *lock, *next;
	bool any = false;

	if (!inode->locks)
		return;
	list_for_each_safe(lock, next, &inode->locks->held, link) {
		if (lock->owner != owner)
			continue;
		lock_remove(lock);
		any = true;
	}
	if (any)
		wait_queue_wake_all(&inode->locks->released, 0);
}

void file_locks_release_file(struct file *file)
{
	owner_release(file->inode, file);
}

void file_locks_release_owner(struct file *file, const struct files *owner)
{
	owner_release(file->inode, owner);
}
