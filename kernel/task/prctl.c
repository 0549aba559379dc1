/* SPDX-License-Identifier: MIT */
/*
 * prctl.c - prctl(2): a task's name, the signal at its parent's death, what forbids looking into it
 * and new rights, and answers about features that this kernel does not have (they are what Linux
 * says while nobody has switched them on).
 */
#include "abi/errno.h"
#include "abi/limits.h"
#include "abi/prctl.h"
#include "abi/signal.h"
#include "abi/syscalls.h"
#include "lib/string.h"
#include "memory/address_space.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"

static long name_set(user_address from)
{
	char name[TASK_COMM_LEN] = "";
	/* At most 15 bytes are read: what lies behind need not be readable. */
	long length = user_read_string(name, from, sizeof(name) - 1);

	if (length == -EFAULT)
		return -EFAULT;
	name[sizeof(name) - 1] = '\0'; /* a longer one is cut */
	string_copy(current->name, name, sizeof(current->name));
	return 0;
}

/* All 16 bytes are written, zeros behind the name: nothing of the kernel's stack. */
static long name_get(user_address to)
{
	char name[TASK_COMM_LEN] = "";

	string_copy(name, current->name, sizeof(name));
	return user_put(to, name, sizeof(name));
}

static long put_int(user_address to, int value)
{
	return user_put(to, &value, sizeof(value));
}

/* 0 switches it off.  Cleared by fork and by a change of rights (prctl(2)). */
static long death_signal_set(uint64_t signal)
{
	if (signal > SIGNAL_COUNT)
		return -EINVAL;
	current->parent_death_signal = (int)signal;
	return 0;
}

static long bounding_drop(uint64_t capability)
{
	struct credentials *fresh;

	/* The right comes first, as on Linux. */
	if (!capable(CAP_SETPCAP))
		return -EPERM;
	if (capability > CAP_LAST_CAP)
		return -EINVAL;
	fresh = credentials_copy(current->credentials);
	if (!fresh)
		return -ENOMEM;
	/* It never comes back in this process or its children: that is the point
	 * (capabilities(7)). */
	fresh->bounding &= ~(1UL << capability);
	credentials_commit(fresh);
	return 0;
}

/* prctl(2), PR_CAPBSET_READ: 1 or 0 is the call's result, not written anywhere. */
static long capability_bounded(uint64_t capability)
{
	if (capability > CAP_LAST_CAP)
		return -EINVAL;
	return current->credentials->bounding >> capability & 1;
}

/* Whether giving up the last user id 0 leaves what is permitted; until the next exec. */
static long keep_capabilities_set(uint64_t keep)
{
	struct credentials *fresh;

	if (keep > 1)
		return -EINVAL;
	fresh = credentials_copy(current->credentials);
	if (!fresh)
		return -ENOMEM;
	fresh->securebits &= ~SECBIT_KEEP_CAPS;
	if (keep)
		fresh->securebits |= SECBIT_KEEP_CAPS;
	credentials_commit(fresh);
	return 0;
}

static long ambient_set(uint64_t ambient)
{
	struct credentials *fresh = credentials_copy(current->credentials);

	if (!fresh)
		return -ENOMEM;
	fresh->ambient = ambient;
	credentials_commit(fresh);
	return 0;
}

/* prctl(2), PR_CAP_AMBIENT: what a program without rights of its own gets from whoever runs it.
 * Only what is both permitted and inheritable can be raised (capabilities(7)). */
static long ambient_command(uint64_t command, uint64_t capability)
{
	const struct credentials *now = current->credentials;
	uint64_t bit;

	if (command == PR_CAP_AMBIENT_CLEAR_ALL)
		return capability ? -EINVAL : ambient_set(0);
	if (capability > CAP_LAST_CAP)
		return -EINVAL;
	bit = 1UL << capability;
	switch (command) {
	case PR_CAP_AMBIENT_IS_SET:
		return !!(now->ambient & bit);
	case PR_CAP_AMBIENT_RAISE:
		if (!(now->permitted & now->inheritable & bit))
			return -EPERM;
		return ambient_set(now->ambient | bit);
	case PR_CAP_AMBIENT_LOWER:
		return ambient_set(now->ambient & ~bit);
	default:
		return -EINVAL;
	}
}

/* 2 (root only) can be read on Linux but not set by programs. */
static long dumpable_set(uint64_t dumpable)
{
	if (dumpable > 1)
		return -EINVAL;
	current->space->undumpable = !dumpable;
	return 0;
}

/* The only state of a feature that there is: setting it again succeeds, anything else does not. */
static long only(uint64_t wanted, uint64_t possible)
{
	return wanted == possible ? 0 : -EINVAL;
}

#define TIMER_SLACK_DEFAULT 50000 /* nanoseconds, as Linux's pid 1 has */

long sys_prctl(int option, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5)
{
	switch (option) {
	case PR_SET_NAME:
		return name_set(a2);
	case PR_GET_NAME:
		return name_get(a2);
	case PR_SET_PDEATHSIG:
		return death_signal_set(a2);
	case PR_GET_PDEATHSIG:
		return put_int(a2, current->parent_death_signal);
	case PR_SET_CHILD_SUBREAPER:
		current_process()->is_subreaper = a2 != 0;
		return 0;
	case PR_GET_CHILD_SUBREAPER:
		return put_int(a2, current_process()->is_subreaper);
	case PR_CAPBSET_READ:
		return capability_bounded(a2);
	case PR_CAPBSET_DROP:
		return bounding_drop(a2);
	case PR_CAP_AMBIENT:
		return a4 || a5 ? -EINVAL : ambient_command(a2, a3);
	case PR_GET_DUMPABLE:
		return !current->space->undumpable;
	case PR_SET_DUMPABLE:
		return dumpable_set(a2);
	case PR_GET_SECCOMP:
		return 0;
	case PR_GET_KEEPCAPS:
		return !!(current->credentials->securebits & SECBIT_KEEP_CAPS);
	case PR_SET_KEEPCAPS:
		return keep_capabilities_set(a2);
	case PR_GET_SECUREBITS:
		return current->credentials->securebits;
	case PR_SET_NO_NEW_PRIVS:
		if (a2 != 1 || a3 || a4 || a5)
			return -EINVAL;
		current->no_new_rights = true;
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return a2 || a3 || a4 || a5 ? -EINVAL : current->no_new_rights;
	case PR_GET_TIMERSLACK:
		return current->timer_slack ? (long)current->timer_slack : TIMER_SLACK_DEFAULT;
	case PR_SET_TIMERSLACK:
		current->timer_slack = a2 ? a2 : current->timer_slack_default;
		return 0;
	case PR_GET_TSC:
		return put_int(a2, PR_TSC_ENABLE);
	case PR_SET_TSC:
		return only(a2, PR_TSC_ENABLE);
	case PR_GET_TID_ADDRESS:
		return user_put(a2, &current->clear_child_tid, sizeof(current->clear_child_tid));
	case PR_GET_THP_DISABLE:
		return a2 || a3 || a4 || a5 ? -EINVAL : 0;
	default:
		return -EINVAL;
	}
}
