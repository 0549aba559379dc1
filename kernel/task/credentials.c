/* SPDX-License-Identifier: MIT */
/*
 * credentials.c - counted sets of identities.  They never change once a task has them: who wants
 * others makes a copy, changes that and commits it; so readers need no lock, and a file that keeps
 * its opener's is not affected.
 *
 * Invariants: `groups` is sorted and has group_count entries, NULL when there are none; effective
 * is a subset of permitted, ambient one of permitted and inheritable (the calls that change them
 * see to it); root_credentials are never freed, since the kernel's own count is never put.
 */
#include "task/credentials.h"
#include "lib/assert.h"
#include "memory/address_space.h"
#include "memory/heap.h"
#include "task/process.h"

#define CAPABILITIES_ALL ((2ULL << CAP_LAST_CAP) - 1)

struct credentials root_credentials = {
	.count = 1,
	.permitted = CAPABILITIES_ALL,
	.effective = CAPABILITIES_ALL,
	.bounding = CAPABILITIES_ALL,
};

static struct slab_cache credentials_cache = SLAB_CACHE("credentials", struct credentials);

const struct credentials *credentials_get(const struct credentials *credentials)
{
	assert(credentials->count > 0);
	__atomic_add_fetch(&((struct credentials *)credentials)->count, 1, __ATOMIC_RELAXED);
	return credentials;
}

void credentials_put(const struct credentials *credentials)
{
	struct credentials *last = (struct credentials *)credentials;

	assert(last->count > 0);
	if (__atomic_sub_fetch(&last->count, 1, __ATOMIC_ACQ_REL) > 0)
		return;
	assert(last != &root_credentials);
	kfree(last->groups);
	slab_free(&credentials_cache, last);
}

/* Count 1 and the caller's alone, so it may be changed until it is committed.  NULL: no memory. */
struct credentials *credentials_copy(const struct credentials *from)
{
	struct credentials *fresh = slab_alloc(&credentials_cache);
	uint32_t i;

	if (!fresh)
		return NULL;
	*fresh = *from; /* no links in it but `groups` */
	fresh->count = 1;
	fresh->groups = NULL;
	if (from->group_count == 0)
		return fresh;
	fresh->groups = kmalloc(from->group_count * sizeof(*fresh->groups));
	if (!fresh->groups) {
		slab_free(&credentials_cache, fresh);
		return NULL;
	}
	for (i = 0; i < from->group_count; i++)
		fresh->groups[i] = from->groups[i];
	return fresh;
}

/* Whether the task will act for somebody else, or with more rights. */
static bool rights_change(const struct credentials *old, const struct credentials *fresh)
{
	return fresh->euid != old->euid || fresh->egid != old->egid ||
	       fresh->fsuid != old->fsuid || fresh->fsgid != old->fsgid ||
	       (fresh->permitted & ~old->permitted);
}

void credentials_commit(struct credentials *fresh)
{
	const struct credentials *old = current->credentials;

	assert(fresh->count == 1 && fresh != old); /* nobody has seen it yet */
	assert(!(fresh->effective & ~fresh->permitted));
	if (rights_change(old, fresh)) {
		if (current->space)
			current->space->undumpable = true; /* what it holds may be the other's */
		current->parent_death_signal = 0;
	}
	current->credentials = fresh;
	credentials_put(old);
}

/* Binary search: the groups are sorted. */
bool credentials_in_group(const struct credentials *credentials, uint32_t gid)
{
	uint32_t low = 0, high = credentials->group_count;

	if (credentials->fsgid == gid)
		return true;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (credentials->groups[middle] == gid)
			return true;
		if (credentials->groups[middle] < gid)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* Effective, not permitted: what a program has put aside does not count (capabilities(7)). */
bool capable(int capability)
{
	debug_assert(capability >= 0 && capability <= CAP_LAST_CAP);
	return current->credentials->effective >> capability & 1;
}

bool credentials_are_all(const struct credentials *target, uint32_t uid, uint32_t gid)
{
	return uid == target->euid && uid == target->suid && uid == target->uid &&
	       gid == target->egid && gid == target->sgid && gid == target->gid;
}

bool may_look_into(const struct task *target, uint32_t uid, uint32_t gid)
{
	if (target->process == current->process || capable(CAP_SYS_PTRACE))
		return true;
	return target->credentials && credentials_are_all(target->credentials, uid, gid) &&
	       !(target->space && target->space->undumpable);
}
