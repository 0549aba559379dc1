/* SPDX-License-Identifier: MIT */
/*
 * capability_calls.c - capget(2) and capset(2): the three capability sets of a task, as one or two
 * words of 32 bits each.
 *
 * The version in the header says how long the data is: version 1 (Linux 2.2) has 32 capabilities,
 * 2 and 3 have 64. A program asks for the kernel's version by sending one that does not exist:
 * EINVAL, and ours in the header.
 *
 * Only one's own sets can be changed; capset for another process has been EPERM since Linux
 * 2.6.33. Errors: EFAULT, EINVAL (version, negative pid), ESRCH (capget), EPERM.
 */
#include "abi/errno.h"
#include "abi/prctl.h"
#include "abi/syscalls.h"
#include "memory/user_copy.h"
#include "task/credentials.h"
#include "task/process.h"

#define WORDS 2

/* How many words the caller's version has.  An unknown one is replaced by ours: -EINVAL. */
static int version_check(user_address header, struct user_cap_header *asked, unsigned *words)
{
	uint32_t ours = _LINUX_CAPABILITY_VERSION_3;

	if (user_get(&asked->version, header, sizeof(asked->version)))
		return -EFAULT;
	*words = WORDS;
	if (asked->version == _LINUX_CAPABILITY_VERSION_1)
		*words = 1;
	else if (asked->version != _LINUX_CAPABILITY_VERSION_2 &&
		 asked->version != _LINUX_CAPABILITY_VERSION_3)
		return user_put(header, &ours, sizeof(ours)) ? -EFAULT : -EINVAL;
	return 0;
}

static int pid_read(user_address header, int *pid)
{
	return user_get(pid, header + offsetof(struct user_cap_header, pid), sizeof(*pid));
}

static const struct credentials *credentials_of(int pid)
{
	const struct credentials *found = NULL;
	struct task *task;

	if (pid == 0)
		return credentials_get(current->credentials);
	task = task_find(pid);
	/* The task may be a zombie: its credentials stay until the last count goes (task.c). */
	if (task && task->credentials)
		found = credentials_get(task->credentials);
	if (task)
		task_put(task);
	return found;
}

long sys_capget(user_address header, user_address data)
{
	struct user_cap_data sets[WORDS];
	const struct credentials *of;
	struct user_cap_header asked;
	unsigned words, i;
	int error = version_check(header, &asked, &words);

	if (error || !data)
		/* A null data pointer with a bad version is how libcap probes: that is success. */
		return error == -EINVAL && !data ? 0 : error;
	if (pid_read(header, &asked.pid))
		return -EFAULT;
	if (asked.pid < 0)
		return -EINVAL;
	of = credentials_of(asked.pid);
	if (!of)
		return -ESRCH;
	for (i = 0; i < words; i++)
		sets[i] = (struct user_cap_data){ (uint32_t)(of->effective >> 32 * i),
						  (uint32_t)(of->permitted >> 32 * i),
						  (uint32_t)(of->inheritable >> 32 * i) };
	credentials_put(of);
	return user_put(data, sets, words * sizeof(sets[0]));
}

/* capabilities(7), "Programmatically adjusting capability sets". */
static bool may_set(const struct credentials *old, uint64_t effective, uint64_t permitted,
		    uint64_t inheritable)
{
	if (!capable(CAP_SETPCAP) && (inheritable & ~(old->inheritable | old->permitted)))
		return false;
	return !(inheritable & ~(old->inheritable | old->bounding)) &&
	       !(permitted & ~old->permitted) && !(effective & ~permitted);
}

long sys_capset(user_address header, user_address data)
{
	uint64_t effective = 0, permitted = 0, inheritable = 0;
	uint64_t known = (2UL << CAP_LAST_CAP) - 1;
	struct user_cap_data sets[WORDS] = { 0 };
	struct user_cap_header asked;
	struct credentials *fresh;
	unsigned words, i;
	int error = version_check(header, &asked, &words);

	if (error)
		return error;
	if (pid_read(header, &asked.pid))
		return -EFAULT;
	if (asked.pid && asked.pid != current->tid)
		return -EPERM;
	if (user_get(sets, data, words * sizeof(sets[0])))
		return -EFAULT;
	for (i = 0; i < WORDS; i++) {
		effective |= (uint64_t)sets[i].effective << 32 * i;
		permitted |= (uint64_t)sets[i].permitted << 32 * i;
		inheritable |= (uint64_t)sets[i].inheritable << 32 * i;
	}
	if (!may_set(current->credentials, effective & known, permitted & known,
		     inheritable & known))
		return -EPERM;
	fresh = credentials_copy(current->credentials);
	if (!fresh)
		return -ENOMEM;
	fresh->effective = effective & known;
	fresh->permitted = permitted & known;
	fresh->inheritable = inheritable & known;
	/* The ambient set must stay a subset of both (capabilities(7)). */
	fresh->ambient &= fresh->permitted & fresh->inheritable;
	credentials_commit(fresh);
	return 0;
}
