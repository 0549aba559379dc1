/* SPDX-License-Identifier: MIT */
/*
 * user.c - the users that have processes, in a small hash table by user id.
 *
 * Invariant: every user in the table but root_user has processes, or was found by somebody who is
 * about to join one.  Lock: process_tree_lock, taken by the callers of join and leave.
 */
#include "task/user.h"

#include "lib/assert.h"
#include "memory/heap.h"
#include "task/process.h"

#define USER_BUCKETS 64 /* a power of two */

struct user root_user = { .link = LIST_INIT(root_user.link) }; /* always there, in no bucket */

static struct list buckets[USER_BUCKETS];
static struct slab_cache user_cache = SLAB_CACHE("user", struct user);

static struct list *user_bucket(uint32_t uid)
{
	struct list *bucket = &buckets[uid % USER_BUCKETS];

	if (!bucket->next)
		list_init(bucket);
	return bucket;
}

struct user *user_find(uint32_t uid)
{
	uint64_t flags = spinlock_acquire(&process_tree_lock);
	struct list *bucket = user_bucket(uid);
	struct user *user, *found = uid == 0 ? &root_user : NULL;

	list_for_each(user, bucket, link)
		if (user->uid == uid)
			found = user;
	if (!found) {
		found = slab_alloc_zeroed(&user_cache);
		if (found) {
			found->uid = uid;
			list_add_first(bucket, &found->link);
		}
	}
	spinlock_release(&process_tree_lock, flags);
	return found;
}

void user_join(struct user *user)
{
	assert(spinlock_held(&process_tree_lock));
	assert(user->processes < UINT32_MAX);
	user->processes++;
}

void user_leave(struct user *user)
{
	assert(spinlock_held(&process_tree_lock) && user->processes > 0);
	if (--user->processes > 0 || user == &root_user)
		return;
	list_remove(&user->link);
	slab_free(&user_cache, user);
}
