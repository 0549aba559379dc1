/* SPDX-License-Identifier: MIT */
/*
 * file_lock_list.c - the locks that are held on one inode: who stands in whose way, and how a range
 * is set or taken out.
 *
 * Two families share one list without seeing each other: whole-file locks (flock), owned by an open
 * file, and record locks.  Of the latter those of a process are owned by its descriptor table, and
 * those of an open file (F_OFD_*) by the file; the two kinds do conflict with each other.
 *
 * Invariants: locks of one owner and family never overlap, and those that touch are of different
 * kinds, since setting one cuts what was there and joins equal neighbours (fcntl(2)).  So a program
 * that locks byte after byte has one lock in the list and not thousands.  The locks of one owner
 * stand together, by their starts: of several that are in the way, F_GETLK tells the first, as on
 * Linux.
 *
 * Lifetime: inode->locks comes with the first lock and goes with the inode.  It must be empty by
 * then: each owner's locks are dropped before it lets go of the inode.
 *
 * Lock: none; the list is changed without sleeping.
 */
#include "abi/errno.h"
#include "fs/file_lock.h"
#include "lib/assert.h"
#include "memory/heap.h"

struct file_locks *file_locks_of(struct inode *inode)
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

/* Two locks conflict unless both are shared. The list is short: a lock that waits is not in it. */
struct file_lock *file_lock_conflict(struct file_locks *locks, const struct file_lock *wanted)
{
	struct file_lock *lock;

	assert(wanted->start <= wanted->end);
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

/* Takes [range] out of the owner's locks, whatever their kind: the newest word counts.  *spare
 * becomes the rear of one that is cut in two, and is then NULL. */
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

/* Joins `fresh` with equal locks of the same owner that touch it.  END_OF_FILE is the largest
 * position: nothing can follow it, and one more would overflow. */
static void neighbours_join(struct file_locks *locks, struct file_lock *fresh)
{
	struct file_lock *lock, *next;

	debug_assert(!file_lock_conflict(locks, fresh));
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

/* Among the owner's by its start, or last of all. */
static void lock_insert(struct file_locks *locks, struct file_lock *fresh)
{
	struct file_lock *lock;
	struct list *after = locks->held.previous;

	list_for_each(lock, &locks->held, link) {
		if (same_owner(lock, fresh) && lock->start > fresh->start) {
			after = lock->link.previous;
			break;
		}
		if (same_owner(lock, fresh))
			after = &lock->link;
	}
	list_add_first(after, &fresh->link);
}

/* Both copies are made first, so that a lock is never lost halfway.  Unlocking may fail, too. */
int file_lock_apply(struct file_locks *locks, const struct file_lock *wanted, bool unlock)
{
	struct file_lock *spare = lock_copy(wanted), *fresh = lock_copy(wanted);

	if (!spare || !fresh) {
		kfree(spare);
		kfree(fresh);
		return wanted->family == FAMILY_WHOLE ? -ENOMEM : -ENOLCK;
	}
	/* At most one of the owner's locks can surround the range, since they do not overlap: so
	 * one spare is always enough, and nothing fails after this. */
	range_cut(locks, wanted, &spare);
	if (unlock) {
		kfree(fresh);
	} else {
		lock_insert(locks, fresh);
		neighbours_join(locks, fresh);
	}
	kfree(spare);
	/* Also after a lock was set: it may have replaced an exclusive one by a shared one. */
	wait_queue_wake_all(&locks->released, 0);
	return 0;
}

void file_locks_drop(struct inode *inode, const void *owner)
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
